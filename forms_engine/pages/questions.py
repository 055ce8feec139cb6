"""The questions of a page, as their templates need them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from core.govuk.fields import Field, FileRow, problems
from forms_engine import stash
from forms_engine.drafts import FILE, Answers, Filling
from forms_engine.models import Upload
from forms_engine.pages.frame import CHECKING, frame, step_url
from forms_engine.pages.group import item_heading
from forms_engine.registries import Raw
from forms_engine.spec import Question, Step
from forms_engine.types import question_types
from forms_engine.types.base import Error

Errors = Mapping[str, tuple[Error, ...]]


def field_name(question: Question) -> str:
    return f"q-{question.id}"


def read(post: QueryDict, step: Step, shown: Collection[str]) -> dict[str, Raw]:
    """What was posted for the questions that a page showed. Files are rows, not answers."""
    return {
        question.id: _one_line_break(question_types.get(question.type).read(post, field_name(question)))
        for question in step.questions
        if question.id in shown and question.type not in (FILE, "guidance")
    }


def _one_line_break(raw: Raw) -> Raw:
    """Browsers send a line break as two characters; stored, counted and compared it is one."""
    if isinstance(raw, str):
        return raw.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(raw, dict):
        return {part: _one_line_break(value) for part, value in raw.items()}
    return [_one_line_break(value) for value in raw] if isinstance(raw, list) else raw


def fields_of(filling: Filling, step: Step, item: str, typed: Answers, errors: Errors) -> list[Field]:
    """The questions of a page in order, each follow-up under the answer that opens it."""
    shown = filling.page(step, item).shown
    made = {
        question.id: _field(filling, question, step, item, typed, errors.get(question.id, ()))
        for question in step.questions
        if question.id in shown
    }
    for question in step.questions:
        if question.id in made:
            _put_follow_ups(made[question.id], question, made)
    return [field for id, field in made.items() if id not in step.revealed_by]


def _field(
    filling: Filling, question: Question, step: Step, item: str, typed: Answers, errors: tuple[Error, ...]
) -> Field:
    raw = filling.answer(question, step.id, item, typed)
    kind = question_types.get(question.type)
    field = kind.field(question, raw, errors, filling.wording, name=field_name(question))
    if question.type == FILE:
        files = filling.files_at(step.id, item, question.id)
        field.files = [_file_row(filling, upload) for upload in files]
    return field


def _put_follow_ups(field: Field, question: Question, made: Mapping[str, Field]) -> None:
    reveals = {option.id: option.reveals for option in question.options if option.reveals}
    for choice in field.items:
        choice.reveals = [made[id] for id in reveals.get(choice.value, ()) if id in made]


def _file_row(filling: Filling, upload: Upload) -> FileRow:
    return FileRow(
        id=str(upload.pk),
        name=upload.name,
        size=upload.size,
        scan=upload.scan,
        said=upload.get_scan_display(),
        url=reverse("forms:file", args=[filling.draft.pk, upload.pk]) if upload.opens_for_uploader else "",
    )


def question_page(
    filling: Filling,
    step: Step,
    item: str,
    *,
    typed: Answers,
    rev: int,
    errors: Errors,
    checking: bool,
    restored: str = "",
) -> dict[str, Any]:
    """A page of questions, or of guidance."""
    made = fields_of(filling, step, item, typed, errors)
    shared = frame(filling, step, item=item, problems=problems(made), checking=checking)
    if item:
        shared |= {"caption": filling.wording(step.title), "heading": item_heading(filling, step, item)}
    else:
        shared |= {"heading": filling.wording(step.title)}
    return shared | {
        "fields": made,
        "takes_files": any(question.type == FILE for question in step.questions),
        "action": step_url(filling, step, item),
        "hidden": hidden(filling, step, item, rev=rev, checking=checking, restored=restored),
        "restored": restored,
    }


def hidden(
    filling: Filling, step: Step, item: str, *, rev: int, checking: bool = False, restored: str = ""
) -> Sequence[tuple[str, object]]:
    """What each page sends along: whose it is, what it saw, and where it was opened from."""
    ticket = stash.ticket(filling.party, step.id, item)
    more = [(CHECKING, "1")] if checking else []
    if restored and restored != stash.LOST:
        more.append((stash.RESTORED, restored))
    return [(stash.TICKET, ticket), ("rev", rev), *more]
