"""Questions that are answered by ticking boxes in rows and columns."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import wide
from core.govuk.fields import Item
from core.govuk.wide import GridField, GridRow
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Table,
    Wording,
    empty,
    field_of,
    invalid,
    select,
    texts_in,
)
from forms_engine.types.columns import under
from forms_engine.types.config import Setting, exclusions, words_list

# Row -> the columns ticked in it.
Ticked = Mapping[str, list[str]]


class Grid(BaseType):
    """Weekdays by sessions, and the like. The value: row -> its ticked columns, in the form's order.

    `exclusions` are sets of columns of which one row may have one ticked, or of rows of which one column may.
    """

    name = "grid"
    label = gettext_lazy("Grid of tick boxes")
    also = gettext_lazy("check boxes in a table")
    icon = "grip"
    group = Group.WIDE
    holds = Holds.PARTS
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "rows": words_list(gettext_lazy("Rows"), one=gettext_lazy("Row"), add=gettext_lazy("Add a row")),
        "columns": words_list(
            gettext_lazy("Columns"), one=gettext_lazy("Column"), add=gettext_lazy("Add a column")
        ),
        "exclusions": exclusions(gettext_lazy("What cannot be chosen together")),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {row.id: post.getlist(under(name, row.id)) for row in question.rows}

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        typed = {row.id: texts_in(raw.get(row.id)) for row in question.rows} if isinstance(raw, dict) else {}
        known = [column.id for column in question.columns]
        if any(columns.difference(known) for columns in typed.values()):
            return invalid(("", select(question)))
        ticked = {row: [column for column in known if column in typed[row]] for row in typed if typed[row]}
        if not ticked:
            return empty(question, select)
        errors = [*_in_rows(question, ticked), *_in_columns(question, ticked)]
        return invalid(*errors) if errors else Cleaned(ticked)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> GridField:
        typed = raw if isinstance(raw, dict) else {}
        by_row = dict(errors)
        entries = [
            GridRow(
                name=under(name, row.id),
                label=wording(row.label),
                hint=wording(row.hint),
                error=wording(by_row.get(row.id, "")),
                items=[
                    Item(
                        value=column.id,
                        label=wording(column.label),
                        checked=column.id in texts_in(typed.get(row.id)),
                    )
                    for column in question.columns
                ],
            )
            for row in question.rows
        ]
        whole = tuple(error for error in errors if not error[0])
        headings = [wording(column.label) for column in question.columns]
        return field_of(
            GridField, question, wide.GRID, whole, wording, name, headings=headings, entries=entries
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        said = []
        for row in question.rows:
            if ticked := (value or {}).get(row.id):
                columns = [wording(column.label) for column in question.columns if column.id in ticked]
                said.append(
                    _("%(row)s: %(columns)s") % {"row": wording(row.label), "columns": ", ".join(columns)}
                )
        return said

    def table(self, question: Question, value: Any, wording: Wording) -> Table | None:
        if not value:
            return None
        headers = ("", *(wording(column.label) for column in question.columns))
        rows = tuple(
            (
                wording(row.label),
                *(_("Yes") if column.id in value.get(row.id, ()) else "" for column in question.columns),
            )
            for row in question.rows
        )
        return Table(headers, rows)


def _in_rows(question: Question, ticked: Ticked) -> Iterator[Error]:
    """Rows in which columns are ticked that exclude one another."""
    labels = {column.id: column.label for column in question.columns}
    for row in question.rows:
        for excluding in _sets(question, "columns"):
            clashing = [id for id in ticked.get(row.id, ()) if id in excluding]
            if len(clashing) > 1:
                yield row.id, _only_one(row.label, [labels[id] for id in clashing])


def _in_columns(question: Question, ticked: Ticked) -> Iterator[Error]:
    """Columns that are ticked in rows that exclude one another: said at the last of these rows."""
    labels = {row.id: row.label for row in question.rows}
    for column in question.columns:
        for excluding in _sets(question, "rows"):
            clashing = [id for id in labels if id in excluding and column.id in ticked.get(id, ())]
            if len(clashing) > 1:
                yield clashing[-1], _only_one(column.label, [labels[id] for id in clashing])


def _sets(question: Question, kind: str) -> list[list[str]]:
    return [each[kind] for each in question.config.get("exclusions", ()) if kind in each]


def _only_one(where: str, labels: list[str]) -> str:
    words = {"where": where, "first": labels[0], "second": labels[1], "all": ", ".join(labels)}
    if len(labels) == 2:
        return _("%(where)s: choose “%(first)s” or “%(second)s”, not both") % words
    return _("%(where)s: choose only one of these: %(all)s") % words
