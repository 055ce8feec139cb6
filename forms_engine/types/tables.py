"""Questions that are answered row by row."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import wide
from core.govuk.wide import Entry, TableField
from forms_engine.rules.known import Holds
from forms_engine.spec import Level, Question
from forms_engine.types import columns
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Table,
    Wording,
    empty,
    enter,
    field_of,
    invalid,
)
from forms_engine.types.columns import under
from forms_engine.types.config import Setting, typed_columns, words_list


class FixedTable(BaseType):
    """The rows are given, and each has the same typed columns. The value: row -> column -> answer.

    A required column has to be filled in a row that was begun; in every row where the whole table is required.
    """

    name = "table"
    label = gettext_lazy("Table")
    also = gettext_lazy("rows and columns")
    icon = "table"
    group = Group.WIDE
    holds = Holds.PARTS
    asks_columns = True
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "rows": words_list(gettext_lazy("Rows"), one=gettext_lazy("Row"), add=gettext_lazy("Add a row")),
        "columns": typed_columns(gettext_lazy("Columns")),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {
            row.id: columns.read_row(question.columns, post, under(name, row.id)) for row in question.rows
        }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        typed = raw if isinstance(raw, dict) else {}
        is_needed = question.level is Level.REQUIRED
        cleaned = {
            row.id: columns.clean_row(
                question.columns, typed.get(row.id), row.label, today, is_needed=is_needed
            )
            for row in question.rows
        }
        if all(row.is_empty for row in cleaned.values()):
            return empty(question, enter)
        errors = [(under(id, part), message) for id, row in cleaned.items() for part, message in row.errors]
        if errors:
            return invalid(*errors)
        return Cleaned({id: row.values for id, row in cleaned.items() if row.values})

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> TableField:
        typed = raw if isinstance(raw, dict) else {}
        # Where the whole can be left out, and all that is in it, the question says it once for all its boxes.
        says_optional = any(each.level is not Level.OPTIONAL for each in (question, *question.columns))
        entries = [
            Entry(
                id=f"{under(name, row.id)}-name",
                label=wording(row.label),
                hint=wording(row.hint),
                cells=columns.cells_of(
                    question.columns,
                    typed.get(row.id),
                    columns.errors_under(row.id, errors),
                    wording,
                    under(name, row.id),
                    says_optional=says_optional,
                ),
            )
            for row in question.rows
        ]
        whole = tuple(error for error in errors if not error[0])
        headings = [wording(column.label) for column in question.columns]
        return field_of(
            TableField, question, wide.TABLE, whole, wording, name, headings=headings, entries=entries
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        said = []
        for row in question.rows:
            if answers := (value or {}).get(row.id):
                texts = columns.texts_of(question.columns, answers, wording)
                spoken = columns.spoken(question.columns, texts, wording)
                said.append(_("%(row)s. %(answers)s") % {"row": wording(row.label), "answers": spoken})
        return said

    def table(self, question: Question, value: Any, wording: Wording) -> Table | None:
        if not value:
            return None
        headers = ("", *(wording(column.label) for column in question.columns))
        rows = tuple(
            (wording(row.label), *columns.texts_of(question.columns, value.get(row.id, {}), wording))
            for row in question.rows
        )
        return Table(headers, rows)
