"""The data-protection notice at the start of a form, and the one that a form was sent under."""

from typing import NamedTuple

from forms_engine import richtext
from forms_engine.models import FormDefinition, NoticeVersion, Submission


class Notice(NamedTuple):
    title: str
    nodes: tuple[richtext.Block, ...]


def notice_shown(form: FormDefinition) -> Notice | None:
    """The notice that `form` begins with, as it reads now."""
    return _notice(NoticeVersion.objects.newest(form.notice))


def notice_of(submission: Submission) -> Notice | None:
    """The notice that a form was sent under, as it read when the form was begun."""
    return _notice(submission.notice) if submission.notice_id else None


def _notice(version: NoticeVersion | None) -> Notice | None:
    return Notice(version.title, richtext.parse(version.text)) if version else None
