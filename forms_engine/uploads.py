"""The files that somebody adds to a form."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.private_files import FileRefused, note, written
from forms_engine.drafts import Filling, hold_unsent
from forms_engine.models import Upload
from forms_engine.spec import Question, Step
from forms_engine.types.files import kinds_of, most_of
from forms_engine.upload_limits import count, take


def add(filling: Filling, step: Step, item: str, question: Question, upload: "UploadedFile[bytes]") -> Upload:
    """Keep a file at a question; one that is there already is not kept twice (a double click, a page sent again).

    Raises FileRefused, its message for the page, and Shut.
    """
    typist = filling.party.typist
    taken = take(upload, typist, allowed=kinds_of(question), network=filling.party.network)
    for row in filling.files_at(step.id, item, question.id):
        if (row.sha256, row.name) == (taken.sha256, taken.name):
            return row
    row = Upload(party=filling.party, step=step.id, item=item, question=question.id)
    with written(row, taken), transaction.atomic():
        hold_unsent(filling.party)
        _hold_room(row, most_of(question))
        count(row, typist, filling.today)
        note(row)
    filling.files.setdefault((step.id, item, question.id), []).append(row)
    filling.look_again()
    return row


def _hold_room(row: Upload, most: int) -> None:
    """Refuse one file more than a question takes. In the transaction that holds its draft, as `count` is."""
    beside = Upload.objects.filter(party=row.party, step=row.step, item=row.item, question=row.question)
    if beside.count() >= most:
        raise FileRefused(_("You can add %(most)s files here. Remove one first.") % {"most": most})


def find(filling: Filling, step: Step, item: str, file_id: str) -> Upload | None:
    """The file of a page with this id, if it is (still) there, at a question that this typist is asked."""
    found = (row for question in step.questions for row in filling.files_at(step.id, item, question.id))
    return next((row for row in found if str(row.pk) == file_id), None)


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
