"""Questions that are answered by choosing some of the answers and putting them in order."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks

from core.govuk import fields, wide
from core.govuk.fields import Field, Item
from core.govuk.wide import Entry, RankingField
from forms_engine.field_blocks import PlainOptionsBlock
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
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
    field_of,
    invalid,
    select,
    tidy_line,
)
from forms_engine.types.columns import CleanedRow, under
from forms_engine.types.config import Setting, typed_columns, whole

MOST = 3


def places_of(question: Question) -> list[str]:
    """The places that the question has, "1" first: no more than there are answers to put there."""
    most: int = question.config.get("most", MOST)
    return [str(place) for place in range(1, min(most, len(question.options)) + 1)]


class Ranking(BaseType):
    """Some of the answers in order, each with what else is asked of a choice (`columns`).

    The value is a list of `{"option", "answers"}`, the first choice first. Places that were left empty close up.
    """

    name = "ranking"
    label = gettext_lazy("Choose some, in order")
    also = gettext_lazy("priorities")
    icon = "list-ol"
    group = Group.WIDE
    holds = Holds.PARTS
    takes_options = True
    answers_box: ClassVar[Callable[..., blocks.Block] | None] = PlainOptionsBlock
    asks_columns = True
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "columns": typed_columns(gettext_lazy("Asked of each choice"), is_needed=False),
        "most": whole(gettext_lazy("How many can be chosen"), gettext_lazy("3 unless you say otherwise.")),
        "least": whole(gettext_lazy("How many have to be chosen, where any is")),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return {
            place: {
                "option": post.get(under(name, place), ""),
                "answers": columns.read_row(question.columns, post, under(name, place)),
            }
            for place in places_of(question)
        }

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        rows = {place: _row(question, raw, place, today) for place in places_of(question)}
        begun = {place: row for place, row in rows.items() if row[0] or not row[1].is_empty}
        if not begun:
            return empty(question, select)
        errors = [
            error for place, (option, row) in begun.items() for error in _errors(question, place, option, row)
        ]
        errors += _repeated(question, {place: option for place, (option, _row) in begun.items()})
        least = question.config.get("least", 1)
        if not errors and len(begun) < least:
            errors.append(("", _too_few(question, least)))
        if errors:
            return invalid(*errors)
        return Cleaned([{"option": option, "answers": row.values} for option, row in begun.values()])

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> RankingField:
        entries = []
        for place in places_of(question):
            typed, mine = _typed(raw, place), columns.errors_under(place, errors)
            choice = _choice(question, _option(typed), mine, wording, under(name, place))
            cells = columns.cells_of(
                question.columns, typed.get("answers"), mine, wording, under(name, place)
            )
            entries.append(
                Entry(id=f"{under(name, place)}-name", label=_place_name(place), cells=[choice, *cells])
            )
        whole_errors = tuple(error for error in errors if not error[0])
        return field_of(RankingField, question, wide.RANKING, whole_errors, wording, name, entries=entries)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        said = []
        for place, chosen, texts in _ranked(question, value, wording):
            spoken = columns.spoken(question.columns, texts, wording)
            words = {"place": place, "choice": chosen, "answers": spoken}
            said.append(
                (_("%(place)s: %(choice)s. %(answers)s") if spoken else _("%(place)s: %(choice)s")) % words
            )
        return said

    def table(self, question: Question, value: Any, wording: Wording) -> Table | None:
        if not value or not question.columns:
            return None
        headers = ("", _("Choice"), *(wording(column.label) for column in question.columns))
        rows = tuple((place, chosen, *texts) for place, chosen, texts in _ranked(question, value, wording))
        return Table(headers, rows)


def _typed(raw: Raw, place: str) -> dict[str, Raw]:
    row = raw.get(place) if isinstance(raw, dict) else None
    return row if isinstance(row, dict) else {}


def _option(typed: Mapping[str, Raw]) -> str:
    return tidy_line(typed.get("option", ""))


def _row(question: Question, raw: Raw, place: str, today: date | None) -> tuple[str, CleanedRow]:
    """What is chosen at a place, and the answers about it. All that is required of a choice is needed."""
    typed = _typed(raw, place)
    option = _option(typed)
    row = columns.clean_row(
        question.columns, typed.get("answers"), _place_name(place), today, is_needed=bool(option)
    )
    return option, row


def _errors(question: Question, place: str, option: str, row: CleanedRow) -> list[Error]:
    errors = [(under(place, part), message) for part, message in row.errors]
    if option not in {each.id for each in question.options}:
        words = _("Select your %(place)s, or clear what you wrote about it")
        return [(place, words % {"place": _place_name(place)}), *errors]
    return errors


def _repeated(question: Question, chosen: Mapping[str, str]) -> list[Error]:
    """The places that hold what an earlier place holds."""
    labels = {option.id: option.label for option in question.options}
    seen: Counter[str] = Counter()
    errors = []
    for place, option in chosen.items():
        seen[option] += 1
        if option in labels and seen[option] > 1:
            words = _("You have chosen “%(choice)s” already. Select something else")
            errors.append((place, words % {"choice": labels[option]}))
    return errors


def _too_few(question: Question, least: int) -> str:
    return ngettext(
        "Select at least %(least)s answer to “%(question)s”",
        "Select at least %(least)s answers to “%(question)s”",
        least,
    ) % {"least": least, "question": question.label}


def _choice(question: Question, option: str, errors: tuple[Error, ...], wording: Wording, name: str) -> Field:
    items = [Item(value="", label=_("Choose"))]
    items += [
        Item(value=each.id, label=wording(each.label), checked=each.id == option) for each in question.options
    ]
    error = wording(next((message for part, message in errors if not part), ""))
    return Field(
        template=fields.SELECT, id=name, name=name, label=_("Your choice"), size="", items=items, error=error
    )


def _ranked(question: Question, value: Any, wording: Wording) -> list[tuple[str, str, list[str]]]:
    """Place, choice, and what was answered about it."""
    labels = {option.id: wording(option.label) for option in question.options}
    return [
        (
            _place_name(str(number)),
            labels.get(each["option"], ""),
            columns.texts_of(question.columns, each["answers"], wording),
        )
        for number, each in enumerate(value or (), start=1)
    ]


def _place_name(place: str) -> str:
    """ "2nd choice" """
    ordinals = {"1": _("1st choice"), "2": _("2nd choice"), "3": _("3rd choice")}
    return ordinals.get(place) or _("%(number)sth choice") % {"number": place}
