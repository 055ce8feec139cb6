"""The list page of a repeating group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms_engine import drafts
from forms_engine.drafts import Filling
from forms_engine.pages.answers import Answer, items_of
from forms_engine.pages.frame import CHECKING, frame, step_url
from forms_engine.pages.why import why_page
from forms_engine.spec import Group, Step

PLAIN_GROUP = Group()


@dataclass(frozen=True, slots=True)
class ItemCard:
    id: str
    title: str
    url: str
    rows: Sequence[Answer]
    has_problem: bool


def group_page(filling: Filling, step: Step, *, checking: bool, problem: str = "") -> dict[str, Any]:
    """The items in their order, and the button that adds one, where there is room. `problem`: why not to go on."""
    group = step.group or PLAIN_GROUP
    items = _cards(filling, step, checking=checking)
    new = step_url(filling, step, drafts.new_item_id(), checking=checking)
    shared = frame(
        filling,
        step,
        problems=[("add" if len(items) < group.least else "group", problem)] if problem else [],
        checking=checking,
    )
    return shared | {
        "heading": filling.wording(step.title),
        "items": items,
        "why": why_page(filling, step),
        "counted": counted(len(items), group),
        "add_url": new if len(items) < group.most else "",
        "add_text": add_text(len(items), group),
        "full_text": full_text(group),
        "hidden": [(CHECKING, "1")] if checking else [],
    }


def remove_page(filling: Filling, step: Step, item: str, *, checking: bool) -> dict[str, Any]:
    """What goes with an item that is to be removed, and the question whether it shall."""
    card = next(card for card in _cards(filling, step, checking=checking) if card.id == item)
    group_url = step_url(filling, step, checking=checking)
    shared = frame(filling, step, checking=checking)
    return shared | {
        "heading": _("Remove “%(item)s”?") % {"item": card.title},
        "item": card,
        "action": group_url,
        "back": group_url,
        "due": None,
    }


def _cards(filling: Filling, step: Step, *, checking: bool) -> list[ItemCard]:
    titled = (step.group or PLAIN_GROUP).title_question
    blocking = {page.item for page in filling.journey.steps[step.id].items if page.is_blocking}
    return [
        ItemCard(
            id=item.id,
            title=item.title,
            url=step_url(filling, step, item.id, checking=checking),
            rows=[row for row in item.rows if row.question != titled and (row.said or row.flag)],
            has_problem=item.id in blocking,
        )
        for item in items_of(filling.tree(), step.id)
    ]


def item_heading(filling: Filling, step: Step, item: str) -> str:
    """ "School 2": the heading of an item's own page, saved or new."""
    name = filling.wording((step.group or PLAIN_GROUP).item_name) or _("item")
    items = filling.items(step.id)
    number = items.index(item) + 1 if item in items else len(items) + 1
    return _("%(item)s %(number)s") % {"item": name[:1].upper() + name[1:], "number": number}


def too_few(filling: Filling, step: Step) -> str:
    """What to say where too few items were added; "" where there are enough."""
    group = step.group or PLAIN_GROUP
    if len(filling.items(step.id)) >= group.least:
        return ""
    if group.least == 1:
        return pgettext("what is wrong", "Add a %(item)s") % {"item": group.item_name or _("item")}
    return _("Add at least %(least)s, one after the other") % {"least": group.least}


def too_many(filling: Filling, step: Step) -> str:
    """What to say where more items stand there than the group may have; "" where there is room for all."""
    most = (step.group or PLAIN_GROUP).most
    over = len(filling.items(step.id)) - most
    if over <= 0:
        return ""
    full = _("You can add up to %(most)s.") % {"most": most}
    remove = ngettext("Remove one", "Remove %(over)s", over) % {"over": over}
    return f"{full} {remove}"


def counted(number: int, group: Group) -> str:
    if not number:
        words = _("You have not added any yet. You can add up to %(most)s.")
        if group.least:
            at_least = _("Add at least %(least)s.")
            words = f"{words} {at_least}"
        return words % {"most": group.most, "least": group.least}
    if number == 1:
        return _("You have added 1 %(item)s.") % {"item": group.item_name or _("item")}
    return _("You have added %(number)s. If one matters most to you, move it to the top.") % {
        "number": number
    }


def add_text(number: int, group: Group) -> str:
    item = group.item_name or _("item")
    return (_("Add another %(item)s") if number else _("Add a %(item)s")) % {"item": item}


def full_text(group: Group) -> str:
    return _("You can add up to %(most)s. To add another, remove one first.") % {"most": group.most}
