"""A question as it is asked: in the way of its type, with the tick of those to whom it does not apply."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.govuk import fields
from core.govuk.fields import Field, Item
from core.govuk.wide import RecordField
from forms_engine.rules.operators import NOT_APPLICABLE
from forms_engine.spec import Question
from forms_engine.types import question_types
from forms_engine.types.base import Cleaned, Error, Raw, Table, Wording, invalid
from forms_engine.types.columns import BETWEEN

# In a name: no id of a question has an underscore.
_TICK = "_na"
TICKED = {"not_applicable": "yes"}
# Where one record is chosen, the tick is one more choice. No record has such an id.
_CHOICE = "not-applicable"


def read(question: Question, post: QueryDict, name: str) -> Raw:
    """What was posted for `question`; where the tick is set, beside it."""
    kind = question_types.get(question.type)
    if question.not_applicable and post.get(name) == _CHOICE:
        rest = post.copy()
        rest[name] = ""
        return {**TICKED, "typed": kind.read(question, rest, name)}
    typed = kind.read(question, post, name)
    is_ticked = question.not_applicable and post.get(f"{name}{_TICK}") == "yes"
    return {**TICKED, "typed": typed} if is_ticked else typed


def names_in(post: QueryDict, question: Question, name: str) -> list[str]:
    """The fields of `post` that belong to `question`: the one called `name`, its tick's, and those of its parts.

    "you-name" may be a question of its own, beside one that is called "you".
    """
    parts = question_types.get(question.type).parts
    own = {name, f"{name}{_TICK}", *(f"{name}-{part}" for part in parts)}
    return [field for field in post if field in own or field.startswith(f"{name}{BETWEEN}")]


def clean(question: Question, raw: Raw, today: date | None = None) -> Cleaned:
    """How an answer counts. The tick alone is an answer; with another it is a contradiction."""
    is_ticked, typed = _parted(question, raw)
    cleaned = question_types.get(question.type).clean(question, typed, today)
    if not is_ticked:
        return cleaned
    if cleaned.is_empty:
        return Cleaned(NOT_APPLICABLE)
    message = _("Answer “%(question)s”, or tick “%(tick)s”, not both")
    return invalid(("", message % {"question": question.label, "tick": question.not_applicable}))


def field(question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str) -> Field:
    """What the page needs: the type's own field, with the tick under it, or among its choices."""
    is_ticked, typed = _parted(question, raw)
    made = question_types.get(question.type).field(question, typed, errors, wording, name=name)
    if question.not_applicable and isinstance(made, RecordField):
        words = wording(question.not_applicable)
        made.none = Item(id=f"{name}{_TICK}", name=name, value=_CHOICE, label=words, checked=is_ticked)
    elif question.not_applicable:
        made.inside, made.template = made.template, fields.WITH_TICK
        made.tick, made.is_ticked = wording(question.not_applicable), is_ticked
    return made


def nodes(question: Question, value: Any, wording: Wording) -> list[str]:
    """The answer as people read it: the words of the tick where that is the answer."""
    if value == NOT_APPLICABLE:
        return [wording(question.not_applicable)]
    return question_types.get(question.type).nodes(question, value, wording)


def table(question: Question, value: Any, wording: Wording) -> Table | None:
    """The answer as a table, where it is one."""
    if value == NOT_APPLICABLE:
        return None
    return question_types.get(question.type).table(question, value, wording)


def _parted(question: Question, raw: Raw) -> tuple[bool, Raw]:
    """Whether the tick is set, and what was typed beside it."""
    if question.not_applicable and isinstance(raw, dict) and raw.get("not_applicable") == "yes":
        return True, raw.get("typed")
    return False, raw
