"""Typed sub-answers: what is asked in each row of a table, or of each choice of a ranking.

A column is a question of its own, read, cleaned, asked and shown by its own type, one level deep. Its controls are
posted as "<name of the question>--<row>--<column>": ids have single hyphens only, so no two names can be confused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.govuk.fields import Field
from forms_engine.spec import Question
from forms_engine.types import question_types
from forms_engine.types.base import Error, Raw, Wording

BETWEEN = "--"


@dataclass(frozen=True)
class CleanedRow:
    """One row as it counts: the answers by their columns, and what is wrong with it. Its parts are columns."""

    values: dict[str, Any]
    errors: tuple[Error, ...]
    is_empty: bool


def under(*parts: str) -> str:
    """The name of a part within a question, without the parts that are empty."""
    return BETWEEN.join(part for part in parts if part)


def read_row(columns: Sequence[Question], post: QueryDict, name: str) -> dict[str, Raw]:
    return {
        column.id: question_types.get(column.type).read(column, post, under(name, column.id))
        for column in columns
    }


def clean_row(
    columns: Sequence[Question], raw: Raw, row: str, today: date | None, *, is_needed: bool = False
) -> CleanedRow:
    """How a row counts that people know as `row`. A required column is missing in a row that somebody began,
    and in one that `is_needed`.
    """
    typed = raw if isinstance(raw, dict) else {}
    cleaned = {
        column.id: question_types.get(column.type).clean(_named(column, row), typed.get(column.id), today)
        for column in columns
    }
    is_empty = all(each.is_empty for each in cleaned.values())
    errors = tuple(
        (under(id, part), message)
        for id, each in cleaned.items()
        if each.is_invalid or is_needed or not is_empty
        for part, message in each.errors
    )
    values = {id: each.value for id, each in cleaned.items() if each.value is not None}
    return CleanedRow(values, errors, is_empty)


def _named(column: Question, row: str) -> Question:
    """The column in one row, as a message names it."""
    return replace(column, label=_("%(row)s, %(column)s") % {"row": row, "column": column.label})


def cells_of(
    columns: Sequence[Question],
    raw: Raw,
    errors: Sequence[Error],
    wording: Wording,
    name: str,
    *,
    says_optional: bool = True,
) -> list[Field]:
    """The controls of one row. `says_optional`: each that can be left out says so."""
    typed = raw if isinstance(raw, dict) else {}
    made = []
    for column in columns:
        kind = question_types.get(column.type)
        mine = errors_under(column.id, errors)
        field = kind.field(column, typed.get(column.id), mine, wording, name=under(name, column.id))
        field.size = ""
        field.optional = field.optional and says_optional
        made.append(field)
    return made


def errors_under(part: str, errors: Sequence[Error]) -> tuple[Error, ...]:
    """Those of `errors` that stand at a part, as that part knows them."""
    within = f"{part}{BETWEEN}"
    return tuple(
        (place.removeprefix(part).removeprefix(BETWEEN), message)
        for place, message in errors
        if place == part or place.startswith(within)
    )


def texts_of(columns: Sequence[Question], values: dict[str, Any], wording: Wording) -> list[str]:
    """What was answered in each column, "" where nothing was."""
    return [
        "\n".join(question_types.get(column.type).nodes(column, values.get(column.id), wording))
        for column in columns
    ]


def spoken(columns: Sequence[Question], texts: Sequence[str], wording: Wording) -> str:
    """A row without its table: "Who: Mrs Hill; Hours: 2"."""
    said = [
        _("%(column)s: %(answer)s") % {"column": wording(column.label), "answer": text.replace("\n", ", ")}
        for column, text in zip(columns, texts, strict=True)
        if text
    ]
    return "; ".join(said)
