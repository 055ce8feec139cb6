"""The questions of a page, as their templates need them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import fields
from core.govuk.fields import Field, problems
from core.govuk.wide import RecordField, TextOrFileField
from forms_engine import stash
from forms_engine.drafts import Answers, Filling
from forms_engine.pages.files import file_row
from forms_engine.pages.frame import CHECKING, frame, step_url
from forms_engine.pages.group import item_heading
from forms_engine.pages.why import why_page, why_question
from forms_engine.registries import Raw
from forms_engine.spec import STAFF, Question, Step
from forms_engine.types import asking, question_types, takes_files
from forms_engine.types.base import Error, storable
from forms_engine.types.choices import Declaration

# In the address of a page: the question whose records are searched while somebody types.
RECORDS = "records"
Errors = Mapping[str, tuple[Error, ...]]
NOTHING_KEPT = QueryDict()
_ONLY_STAFF = gettext_lazy(
    "For staff: answer it yourself. Families see neither the question nor your answer."
)


def field_name(question: Question) -> str:
    return f"q-{question.id}"


def read(post: QueryDict, step: Step, shown: Collection[str]) -> dict[str, Raw]:
    """What was posted for the questions that a page showed. Files are rows, not answers."""
    return {
        question.id: _storable(asking.read(question, post, field_name(question)))
        for question in step.questions
        if question.id in shown and question_types.get(question.type).is_typed
    }


def shown_then(filling: Filling, step: Step, item: str, post: QueryDict) -> frozenset[str]:
    """The questions that a page showed when `post` was typed on it; another answer may have hidden some since."""
    if step.is_fixed:
        return frozenset(step.question_ids)
    named = post.get(stash.SHOWN, "").split() if stash.SHOWN in post else filling.page(step, item).shown
    return frozenset(named)


def _storable(raw: Raw) -> Raw:
    """What was typed, as it can be stored, counted and compared."""
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, dict):
        return {part: _storable(value) for part, value in raw.items()}
    return [_storable(value) for value in raw] if isinstance(raw, list) else raw


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
    if question.id in filling.fixed:
        return _known_field(filling, question)
    raw = (
        filling.page(step, item).values.get(question.id)
        if question.calculation
        else filling.answer(question, step.id, item, typed)
    )
    kind = question_types.get(question.type)
    field = asking.field(question, raw, errors, filling.wording, name=field_name(question))
    if question.readers == STAFF:
        field.hint = " ".join(part for part in (field.hint, str(_ONLY_STAFF)) if part)
    if filling.party.helper and kind.ends_a_form:
        _read_out(field, filling, is_tick=kind.name == Declaration.name)
    field.why = "\n\n".join(part for part in (field.why, why_question(filling, question)) if part)
    if kind.takes_files:
        files = filling.files_at(step.id, item, question.id)
        adder = field.upload if isinstance(field, TextOrFileField) else field
        adder.files = [file_row(filling, upload) for upload in files]
    if isinstance(field, RecordField):
        field.url = f"{step_url(filling, step, item)}?{RECORDS}={question.id}"
    return field


def _read_out(field: Field, filling: Filling, *, is_tick: bool) -> None:
    """What a form is signed with, where somebody fills it in for its person: nobody signs for her."""
    name = filling.party.user.full_name if filling.party.user else ""
    if is_tick:
        words = {"name": name, "sentence": field.label}
        field.label = _("%(name)s said yes to this: “%(sentence)s”") % words
    else:
        hint = _("Type the name of %(name)s as it stands on the paper, or as it was given to you.")
        field.hint = hint % {"name": name}


def _known_field(filling: Filling, question: Question) -> Field:
    """What we hold already, to read."""
    value = asking.clean(question, filling.fixed[question.id], filling.today).value
    return Field(
        template=fields.KNOWN,
        id=field_name(question),
        name="",
        label=filling.wording(question.label),
        hint=filling.wording(question.hint),
        said=asking.nodes(question, value, filling.wording),
    )


def _put_follow_ups(field: Field, question: Question, made: Mapping[str, Field]) -> None:
    reveals = {option.id: option.reveals for option in question.options if option.reveals}
    for choice in field.items:
        choice.reveals = [made[id] for id in reveals.get(choice.value, ()) if id in made]


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
    kept: QueryDict = NOTHING_KEPT,
) -> dict[str, Any]:
    """A page of questions, or of guidance. `kept`: what was typed when the sign-in had run out, under `restored`."""
    made = fields_of(filling, step, item, typed, errors)
    shared = frame(filling, step, item=item, problems=problems(made), checking=checking)
    if item:
        shared |= {"caption": filling.wording(step.title), "heading": item_heading(filling, step, item)}
    else:
        shared |= {"heading": filling.wording(step.title)}
    return shared | {
        "fields": made,
        "why": why_page(filling, step),
        "takes_files": any(takes_files(question) for question in step.questions),
        "action": step_url(filling, step, item),
        "hidden": [
            *hidden(filling, step, item, rev=rev, checking=checking, restored=restored),
            *_shown_and_carried(filling, step, item, kept),
        ],
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


def _shown_and_carried(
    filling: Filling, step: Step, item: str, kept: QueryDict
) -> Sequence[tuple[str, object]]:
    """Which questions the page shows; and what was typed into others, that it showed when that was kept."""
    if step.is_fixed:
        return []
    shown = filling.page(step, item).shown
    hidden_since = shown_then(filling, step, item, kept).difference(shown)
    carried = [
        (name, value)
        for question in step.questions
        if question.id in hidden_since
        for name in asking.names_in(kept, question, field_name(question))
        for value in kept.getlist(name)
    ]
    return [(stash.SHOWN, " ".join([*shown, *sorted(hidden_since)])), *carried]
