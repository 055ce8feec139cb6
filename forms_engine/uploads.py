"""The files that somebody adds to a form."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import limiter
from core.private_files import FileRefused, keep, take_in
from forms_engine.drafts import Filling, hold_unsent
from forms_engine.models import Upload
from forms_engine.spec import Question, Step
from forms_engine.types.files import kinds_of, most_of

# Files that one person may add within an hour: no session fills the disk.
MOST_AN_HOUR = 100


def add(filling: Filling, step: Step, item: str, question: Question, upload: "UploadedFile[bytes]") -> Upload:
    """Keep a file at a question; one that is there already is not kept twice (a double click, a page sent again).

    Raises FileRefused, its message for the page, and Shut.
    """
    most, there = most_of(question), filling.files_at(step.id, item, question.id)
    if len(there) >= most:
        raise FileRefused(_("You can add %(most)s files here. Remove one first.") % {"most": most})
    if limiter.hit("upload", str(filling.party.typist_id), 3600) > MOST_AN_HOUR:
        raise FileRefused(_("You have added many files in a short time. Try again in an hour."))
    taken = take_in(upload, allowed=kinds_of(question))
    for row in there:
        if (row.sha256, row.name) == (taken.sha256, taken.name):
            return row
    with transaction.atomic():
        hold_unsent(filling.party)
        row = keep(Upload(party=filling.party, step=step.id, item=item, question=question.id), taken)
    filling.files.setdefault((step.id, item, question.id), []).append(row)
    filling.look_again()
    return row


def find(filling: Filling, step: Step, item: str, file_id: str) -> Upload | None:
    """The file of a page with this id, if it is (still) there."""
    return next(
        (
            row
            for (at_step, at_item, _question), rows in filling.files.items()
            for row in rows
            if str(row.pk) == file_id and (at_step, at_item) == (step.id, item)
        ),
        None,
    )


def remove(filling: Filling, step: Step, item: str, file_id: str) -> None:
    """Remove a file from a page, if it is (still) there. The stored bytes go with the last row that needs them.

    Raises Shut: a file that was sent stays.
    """
    if row := find(filling, step, item, file_id):
        with transaction.atomic():
            hold_unsent(filling.party)
            filling.files[step.id, item, row.question].remove(row)
            row.delete()
        filling.look_again()


def too_much_at_once() -> str:
    """What to say where so much was sent in one post that we stopped reading."""
    most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return _("That was too much to send at once. Add one file at a time, each up to %(most)s MB.") % {
        "most": most
    }
