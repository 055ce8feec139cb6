"""A form's answers as cards, a section each: for "check your answers", for print, and for the PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms_engine.drafts import Filling
from forms_engine.pages.frame import step_url
from forms_engine.tree import Answered, Row, Tree, TreeSection
from forms_engine.types.base import Table

# A card, or an item, with fewer rows that were left empty shows them among the others.
FEWEST_FOLDED = 3
_TO_ANSWER = (Answered.ADVISED, Answered.MISSING)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row. `flag` is said in front of an answer that needs a look; `change` is "" where nothing can be changed."""

    id: str
    question: str
    asked: str
    said: Sequence[str]
    flag: str = ""
    change: str = ""
    change_text: str = ""
    is_advised: bool = False
    is_empty: bool = False  # nothing was said, and nothing need be
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    id: str
    title: str
    rows: Sequence[Answer]
    left_empty: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """`change` leads to the list of a repeating group. `left_empty`: rows in a fold of their own, under the others."""

    title: str
    rows: Sequence[Answer]
    items: Sequence[ItemAnswers]
    left_empty: Sequence[Answer] = ()
    is_group: bool = False
    change: str = ""

    def all_rows(self) -> Iterator[Answer]:
        yield from self.rows
        for item in self.items:
            yield from item.rows


def cards_of(tree: Tree, filling: Filling | None = None, *, without: str = "") -> list[Card]:
    """The whole tree; with links to change each answer where `filling` is given. `without`: a step left out."""
    cards = [_card(section, filling, without) for section in tree.sections]
    return [card for card in cards if card.rows or card.left_empty or card.is_group]


def items_of(tree: Tree, step_id: str) -> list[ItemAnswers]:
    """The items of one repeating group, without links."""
    groups = (section for section in tree.sections if section.is_group and section.step_id == step_id)
    return [item for group in groups for item in _card(group, None, "").items]


def _card(section: TreeSection, filling: Filling | None, without: str) -> Card:
    rows, left_empty = _folded([row for row in section.rows if row.step_id != without], filling)
    items = [ItemAnswers(item.id, item.title, *_folded(item.rows, filling)) for item in section.items]
    change = _url(filling, section.step_id) if section.is_group else ""
    return Card(section.title, rows, items, left_empty, section.is_group, change)


def _folded(rows: Sequence[Row], filling: Filling | None) -> tuple[list[Answer], list[Answer]]:
    """The rows to show, and those in the fold: what was left empty, where that is much and a page, not paper."""
    answers = [_answer(row, filling) for row in rows]
    left_empty = [row for row in answers if row.is_empty] if filling else []
    if len(left_empty) < FEWEST_FOLDED:
        return answers, []
    return [row for row in answers if not row.is_empty], left_empty


def _answer(row: Row, filling: Filling | None) -> Answer:
    change_text = _("Answer now") if row.state in _TO_ANSWER else _("Change")
    return Answer(
        id="-".join(part for part in ("a", row.question_id, row.item) if part),
        question=row.question_id,
        asked=row.asked,
        said=row.said,
        flag=_flag(row.state, to_fill_in=filling is not None),
        change="" if row.is_fixed else _url(filling, row.step_id, row.item),
        change_text=change_text,
        is_advised=row.state is Answered.ADVISED,
        is_empty=row.state is Answered.EMPTY,
        table=row.table,
    )


def _flag(state: Answered, *, to_fill_in: bool) -> str:
    """On paper an empty answer is just empty."""
    if state is Answered.INVALID:
        return _("This has to be put right")
    if state is Answered.MISSING:
        return _("Needs an answer") if to_fill_in else ""
    return _("Not answered") if to_fill_in and state is Answered.ADVISED else ""


def _url(filling: Filling | None, step_id: str, item: str = "") -> str:
    if filling is None:
        return ""
    return step_url(filling, filling.form.steps_by_id[step_id], item, checking=True)
