"""Files that are somebody's own: kept outside MEDIA_ROOT under random names, opened only through a view that authorises."""

import uuid

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PrivateStorage(FileSystemStorage):
    """On disk, readable by the site's own user alone; it has no address on the web."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no address on the web")


def private_storage() -> Storage:
    return storages["private"]


def random_name(instance: "PrivateFile", filename: str) -> str:
    """Where a file is kept: nothing of its own name, spread over 256 folders."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class PrivateFile(models.Model):
    """One private file. `stored` may be shared by rows that point at the same bytes (an upload and its submission)."""

    class Scan(models.TextChoices):
        WAITING = "waiting", _("We are checking it")
        CLEAN = "clean", _("Checked for viruses")
        REFUSED = "refused", _("A virus was found")
        UNSCANNED = "unscanned", _("Not checked for viruses")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stored = models.FileField(storage=private_storage, upload_to=random_name, max_length=100)
    # As shown and offered for download: our own safe spelling, with the ending of the sniffed type.
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.WAITING)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # Not the file's name: logs and choosers print this.
        return f"File {str(self.id)[:8]}"
