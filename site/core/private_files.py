"""Files that are somebody's own: kept outside MEDIA_ROOT, opened only through a view that authorises.

A file comes in by `take_in` (refused, or made safe) and is kept by `keep`, or by `written` and `note` where its row
needs a lock; what we make ourselves is kept by `keep_made`. A view that has authorised its reader hands it out by
`respond`. What nobody points at any more goes from the disk by itself.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from core import file_checks, outbox
from core.file_checks import MEDIA_TYPES, PICTURES, RECORDINGS, Reason, Unfit
from core.models import OutboxItem
from core.recordings import clean_recording
from core.scanner import ScannerSilent, ask_scanner

DEFAULT_KINDS = frozenset(MEDIA_TYPES) - RECORDINGS
# Pictures as we keep them.
_DRAWN = frozenset({MEDIA_TYPES["jpg"], MEDIA_TYPES["png"]})
SCAN = "scan_file"
# What the name of a picture's small copy ends with.
SMALL = "-small"
# Seconds. Far below the outbox's lease.
CLAMD_TIMEOUT = 30


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
    """One private file. `stored` may be shared by rows that point at the same bytes: an upload, its submission."""

    class Scan(models.TextChoices):
        WAITING = "waiting", _("We are checking it")
        CLEAN = "clean", _("Checked for viruses")
        REFUSED = "refused", _("A virus was found")
        UNSCANNED = "unscanned", _("Not checked for viruses")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Indexed, since whoever deletes a row asks each table whether another still needs the bytes.
    stored = models.FileField(storage=private_storage, upload_to=random_name, max_length=100, db_index=True)
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

    @property
    def is_picture(self) -> bool:
        """Whether there is a small copy of it to show."""
        return self.media_type in _DRAWN

    @property
    def opens_for_uploader(self) -> bool:
        """Whoever sent a file may look at it while it is checked, but not fetch a virus back."""
        return self.scan != self.Scan.REFUSED

    @property
    def opens_for_others(self) -> bool:
        """What is clean, and what nothing has scanned where the council chose so (lists mark it)."""
        return self.scan == self.Scan.CLEAN or (self.scan == self.Scan.UNSCANNED and settings.SERVE_UNSCANNED)


PrivateFileT = TypeVar("PrivateFileT", bound=PrivateFile)


class FileRefused(Exception):
    """A file that we do not take. `message` names it, says what is wrong and what to do.

    `wait`: the seconds until it may be taken, where too much came at once; 0 where waiting does not help.
    """

    def __init__(self, message: str, wait: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


@dataclass(frozen=True)
class Taken:
    """A file that may be kept: checked, pictures drawn anew, its name made safe."""

    content: "File[Any]"
    name: str
    media_type: str
    size: int  # bytes
    sha256: str
    small: bytes = b""  # of a picture: a JPEG to show beside its name


def take_in(upload: "UploadedFile[Any]", *, allowed: Collection[str] = DEFAULT_KINDS) -> Taken:
    """What is to be kept of an upload. `allowed` holds short names of types ("pdf", "heic").

    Raises FileRefused, whose message is shown at the question.
    """
    given = upload.name or ""
    try:
        return _checked(upload, given, allowed)
    except Unfit as refusal:
        raise FileRefused(refusal_sentence(refusal.reason, given, allowed)) from refusal


def _checked(upload: "UploadedFile[Any]", given: str, allowed: Collection[str]) -> Taken:
    size = upload.size or 0
    if size == 0:
        raise Unfit(Reason.EMPTY)
    if size > settings.UPLOAD_MAX_BYTES:
        raise Unfit(Reason.TOO_BIG)
    kind = file_checks.kind_of(upload, given, allowed)
    content: File[Any] = upload
    small = b""
    if kind == "pdf":
        file_checks.refuse_pdf_bomb(b"".join(upload.chunks()))
    if kind in PICTURES:
        drawn, kind = file_checks.clean_picture(upload, kind)
        content, small = ContentFile(drawn), file_checks.small_picture(drawn)
    if kind in RECORDINGS:
        content = ContentFile(clean_recording(b"".join(upload.chunks()), kind))
    name = file_checks.safe_name(given, kind)
    return Taken(content, name, MEDIA_TYPES[kind], content.size, sha256_of(content), small)


def sha256_of(file: "File[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def refusal_sentence(reason: Reason, given: str, allowed: Collection[str]) -> str:
    """The refusal as a tired parent reads it: which file, what is wrong, what to do."""
    sentences = {
        Reason.EMPTY: _("“%(name)s” is empty. Check that it opens on your device, then choose it again."),
        Reason.TOO_BIG: _(
            "“%(name)s” is larger than %(most)s MB. Send a smaller copy, or split it into two files."
        ),
        Reason.WRONG_KIND: _(
            "We cannot take “%(name)s” because of the kind of file it is. Save it as a PDF, or take a clear "
            "photo of it, and send that. We can take: %(kinds)s."
        ),
        Reason.WRONG_ENDING: _(
            "The name of “%(name)s” does not fit what is inside it. Open it, save it again as a PDF, and send "
            "that."
        ),
        Reason.LOCKED: _(
            "“%(name)s” is locked with a password, so we could not read it. Save a copy without a password and "
            "send that."
        ),
        Reason.MACROS: _(
            "“%(name)s” has small programs (macros) inside, which we do not take. Save it as a PDF and send "
            "that."
        ),
        Reason.PACKED: _("“%(name)s” is too large once it is opened. Save it as a PDF and send that."),
        Reason.PICTURE_TOO_LARGE: _(
            "The picture “%(name)s” is too large for us to open. Send a smaller copy, or take a new photo."
        ),
        Reason.BUSY: _(
            "“%(name)s” was not added: many people are adding pictures just now. Wait a minute, then add it again."
        ),
        Reason.DAMAGED: _(
            "We could not open “%(name)s”. It may be damaged. Check that it opens on your device, then save it "
            "again and send the new copy."
        ),
    }
    if "pdf" not in allowed:
        sentences[Reason.WRONG_KIND] = _(
            "We cannot take “%(name)s” because of the kind of file it is. We can take: %(kinds)s."
        )
        sentences[Reason.WRONG_ENDING] = _(
            "The name of “%(name)s” does not fit what is inside it. Open it, save it again, and send that."
        )
    words = {
        "name": shown_name(given),
        "most": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
        "kinds": ", ".join(kind.upper() for kind in MEDIA_TYPES if kind in allowed),
    }
    return sentences[reason] % words


def shown_name(given: str) -> str:
    """The file's name in a sentence: recognisable, its ending as given, no marks that mislead the eye."""
    ending = file_checks.ending_of(given) if "." in given else ""
    safe = file_checks.safe_name(given, "pdf").removesuffix(".pdf")
    return f"{safe}.{ending}" if ending.isalnum() and not safe.lower().endswith(f".{ending}") else safe


def keep(row: PrivateFileT, taken: Taken) -> PrivateFileT:
    """Store a file that was taken in, with the unsaved `row` that is to point at it, and have it scanned.

    In the caller's transaction. A file whose row cannot be saved is not left on the disk.
    """
    with written(row, taken):
        return note(row)


@contextmanager
def written(row: PrivateFileT, taken: Taken) -> Iterator[PrivateFileT]:
    """The file on the disk, and the unsaved `row` pointing at it, which the body saves: `note`.

    Whatever the body raises, the file goes again. A row's lock is taken inside: a slow disk holds nobody up.
    """
    row.name, row.media_type, row.size, row.sha256 = taken.name, taken.media_type, taken.size, taken.sha256
    row.scan = row.Scan.WAITING if settings.CLAMD else row.Scan.UNSCANNED
    row.stored.save(taken.name, taken.content, save=False)
    try:
        if taken.small:
            row.stored.storage.save(small_name(str(row.stored.name)), ContentFile(taken.small))
        yield row
    except BaseException:
        _delete(row.stored.storage, str(row.stored.name))
        raise


def note(row: PrivateFileT) -> PrivateFileT:
    """Save the `row` of a file that is on the disk, and have it scanned. In the caller's transaction."""
    row.save(force_insert=True)
    ask_for_scan(row)
    return row


def keep_made(row: PrivateFileT, name: str, content: bytes) -> PrivateFileT:
    """Store a PDF that we made ourselves, with the unsaved `row` that is to point at it. Nobody has to scan it."""
    made = ContentFile(content)
    with written(row, Taken(made, name, MEDIA_TYPES["pdf"], len(content), sha256_of(made))):
        row.scan = row.Scan.CLEAN
        return note(row)


def small_name(stored_name: str) -> str:
    """Where the small copy of a picture stands: beside it, so that it goes with it."""
    return f"{stored_name}{SMALL}"


def _delete(storage: Storage, stored_name: str) -> None:
    for name in (stored_name, small_name(stored_name)):
        storage.delete(name)


def share(row: PrivateFileT, source: PrivateFile) -> PrivateFileT:
    """Let the unsaved `row` point at the bytes of `source`, which they then outlive. In the caller's transaction."""
    row.stored = source.stored.name
    for name in ("name", "media_type", "size", "sha256", "scan"):
        setattr(row, name, getattr(source, name))
    return note(row)


def ask_for_scan(row: PrivateFile) -> None:
    if row.scan == row.Scan.WAITING:
        outbox.put(SCAN, {"model": row._meta.label_lower, "id": str(row.pk)})


def scan(item: OutboxItem) -> None:
    """Outbox kind "scan_file": have clamd look at a file, and note the answer at every row that points at it.

    Raises RetryLater where clamd is away or cannot tell: that never means "clean".
    """
    model: type[PrivateFile] = apps.get_model(item.payload["model"])
    row = model._base_manager.filter(pk=item.payload["id"]).first()
    if row is None or row.scan != row.Scan.WAITING:
        return
    found = clamd_says(row.stored)
    for sharing in file_models():
        sharing._base_manager.filter(stored=row.stored.name, scan=row.Scan.WAITING).update(scan=found)


def clamd_says(stored: "File[Any]") -> PrivateFile.Scan:
    try:
        with stored.open() as content:
            state, _name = ask_scanner(lambda clamd: clamd.instream(content), timeout=CLAMD_TIMEOUT)["stream"]
    except (ScannerSilent, OSError) as error:
        raise outbox.RetryLater from error
    if state not in {"OK", "FOUND"}:
        raise outbox.RetryLater
    return PrivateFile.Scan.CLEAN if state == "OK" else PrivateFile.Scan.REFUSED


def respond(file: PrivateFile, *, to_uploader: bool = False) -> HttpResponseBase:
    """The file as a download, for a view that has authorised its reader.

    `to_uploader` when the reader sent it herself. Raises Http404 where the scan's state keeps it shut for her.
    With settings.X_ACCEL ("/private/") the proxy sends the bytes: see docs/production.md.
    """
    if not (file.opens_for_uploader if to_uploader else file.opens_for_others):
        raise Http404
    response = _bytes_of(file, str(file.stored.name), file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response


def respond_small(file: PrivateFile, *, to_uploader: bool = False) -> HttpResponseBase:
    """The small copy of a picture, to stand in a page, for a view that has authorised its reader.

    To others than its uploader only when the picture was found clean, whatever the council chose for files that
    nobody scanned: nobody asked to open this one. Raises Http404.
    """
    opens = file.opens_for_uploader if to_uploader else file.scan == file.Scan.CLEAN
    name = small_name(str(file.stored.name))
    if not (opens and file.is_picture and file.stored.storage.exists(name)):
        raise Http404
    return _bytes_of(file, name, MEDIA_TYPES["jpg"])


def _bytes_of(file: PrivateFile, stored_name: str, media_type: str) -> HttpResponseBase:
    """What is stored under a name, as something that can do nothing in a browser and stays in no cache."""
    response: HttpResponseBase
    if settings.X_ACCEL:
        response = HttpResponse(content_type=media_type)
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL}{stored_name}"
    else:
        response = FileResponse(file.stored.storage.open(stored_name), content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_models() -> Iterator[type[PrivateFile]]:
    """Every kind of row that can point at a private file."""
    return (model for model in apps.get_models() if issubclass(model, PrivateFile))


def forget(stored_name: str) -> None:
    """Delete a stored file, once the transaction is committed and where no row points at it any more."""

    def delete_unless_needed() -> None:
        if not any(model._base_manager.filter(stored=stored_name).exists() for model in file_models()):
            _delete(private_storage(), stored_name)

    transaction.on_commit(delete_unless_needed, robust=True)


def forget_deleted(instance: PrivateFile, **kwargs: object) -> None:
    """Receives the deletion of any row that pointed at a file."""
    if instance.stored.name:
        forget(instance.stored.name)
