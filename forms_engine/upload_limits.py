"""How much may be added to a form: no session fills the disk, and no network of guests, who choose their cookies.

What is too much is said where it was added.
"""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import limiter
from core.dates import seconds_until
from core.private_files import FileRefused, Taken, take_in
from forms_engine.models import Upload

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# Files that one person may try to add within an hour: each is looked through.
MOST_AN_HOUR = 100
# The same for all guests of one network: a school where families fill in a form on one evening is one.
MOST_OF_GUESTS_AN_HOUR = 300
_HOUR, _DAY = 3600, 86_400
_MEGABYTE = 1024 * 1024


def take(upload: "UploadedFile[bytes]", typist: str, *, allowed: Collection[str], network: str = "") -> Taken:
    """What is to be kept of a file that `typist` adds, a guest from `network`.

    Raises FileRefused. Not in a transaction: a try counts.
    """
    wait = _wait("upload", typist, MOST_AN_HOUR)
    if network:
        wait = max(wait, _wait("upload-of-guests", network, MOST_OF_GUESTS_AN_HOUR))
    if wait:
        raise FileRefused(_("You have added many files in a short time. Try again in an hour."), wait)
    return take_in(upload, allowed=allowed)


def _wait(scope: str, who: str, most: int) -> int:
    """Count a file; the seconds until one more may be added, 0 where it may be added now."""
    is_many = limiter.hit(scope, who, _HOUR) > most
    return max(1, limiter.seconds_left(scope, who, _HOUR)) if is_many else 0


def count(upload: Upload, typist: str, today: dt.date) -> None:
    """Count a file, not saved yet, that `typist` adds. Raises FileRefused where it is too much with what is there.

    In the transaction that holds its draft, so that two at the same moment do not slip through together, and what is
    not kept is not counted.
    """
    words = {"name": upload.name}
    there = Upload.objects.filter(party__draft=upload.party.draft_id).aggregate(size=Sum("size"))["size"] or 0
    party = upload.party
    most = settings.UPLOAD_GUEST_MAX_BYTES if party.is_guest else settings.UPLOAD_DRAFT_MAX_BYTES
    if there + upload.size > most:
        raise FileRefused(
            _(
                "“%(name)s” was not added. All files of this form together can be up to %(most)s MB. Remove one that "
                "you do not need, or add a smaller copy. Everything else is kept."
            )
            % {**words, "most": most // _MEGABYTE}
        )
    # Each day has a count of its own, from its first file on.
    most = settings.UPLOAD_DAY_MAX_BYTES
    is_much = limiter.hit("upload-bytes", f"{typist}:{today}", _DAY, upload.size) > most
    if party.network:
        most = settings.UPLOAD_GUESTS_DAY_MAX_BYTES
        is_much |= limiter.hit("upload-bytes", f"{party.network}:{today}", _DAY, upload.size) > most
    if is_much:
        raise FileRefused(
            _(
                "“%(name)s” was not added. You can add up to %(most)s MB of files on one day. Everything else is kept. "
                "Add this one tomorrow, or contact us if it cannot wait."
            )
            % {**words, "most": most // _MEGABYTE},
            seconds_until(today + dt.timedelta(days=1)),
        )
