"""The files of a form as its pages list them: name, size, what is known of viruses, a small picture."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from core.govuk.fields import FileRow
from core.private_files import PrivateFile
from forms_engine.drafts import Filling
from forms_engine.models import SubmissionFile, Upload
from forms_engine.pages.frame import frame, step_url
from forms_engine.spec import Step

# In the address of a file: its small picture, to stand in a page.
SMALL = "small"
# In the address of a page: the file that is to be removed from it, if its person says yes.
REMOVING = "removing"
# In the post that says so.
SURE = "sure"


class FileLine(NamedTuple):
    """A file that was sent. `small` is the address of its small picture, "" where there is none to show."""

    name: str
    url: str
    size: int  # bytes
    said: str
    opens: bool
    small: str = ""


def file_row(filling: Filling, upload: Upload) -> FileRow:
    """A file of a form in progress, for whoever added it."""
    url = reverse("forms:file", args=[filling.draft.pk, upload.pk]) if upload.opens_for_uploader else ""
    return FileRow(
        id=str(upload.pk),
        name=upload.name,
        size=upload.size,
        scan=upload.scan,
        said=scan_said(upload, is_own=True),
        url=url,
        small=f"{url}?{SMALL}=1" if url and upload.is_picture else "",
    )


def file_line(file: SubmissionFile, *, is_sender: bool) -> FileLine:
    """A file of a form that was sent. Others than its sender see a picture that was found clean, and no other."""
    opens = file.opens_for_uploader if is_sender else file.opens_for_others
    url = reverse("forms:sent_file", args=[file.submission_id, file.pk])
    shown = file.is_picture and opens and (is_sender or file.scan == file.Scan.CLEAN)
    small = f"{url}?{SMALL}=1" if shown else ""
    return FileLine(file.name, url, file.size, scan_said(file, is_own=is_sender), opens, small)


def scan_said(file: PrivateFile, *, is_own: bool) -> str:
    """What is known of viruses in a file. That nobody looked is no news to whoever added it: she can do nothing."""
    is_news = not is_own or file.scan != file.Scan.UNSCANNED
    return file.get_scan_display() if is_news else ""


def remove_file_page(
    filling: Filling, step: Step, item: str, upload: Upload, *, checking: bool
) -> dict[str, Any]:
    """Whether a file is to be removed: nothing brings it back."""
    return frame(filling, step, item=item) | {
        "heading": _("Do you want to remove “%(name)s”?") % {"name": upload.name},
        "file": file_row(filling, upload),
        "action": step_url(filling, step, item, checking=checking),
        "kept": f"{step_url(filling, step, item, checking=checking)}#q-{upload.question}",
        "back": "",
    }
