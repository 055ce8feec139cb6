"""The way through a form as a picture, and the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_engine.authoring.words import Words
from forms_engine.rules.flow import Fork, Item, Lane, Stop, flow
from forms_engine.rules.flow_layout import Picture, Said, layout
from forms_engine.rules.known import Holds
from forms_engine.spec import Form
from forms_engine.types import question_types
from forms_engine.wording import Wording


@dataclass(frozen=True)
class Node:
    """One entry of the list in words. `step` and `number` are those of a page; `text` of all else."""

    text: str
    step: str = ""
    number: int = 0
    note: str = ""
    nodes: "tuple[Node, ...]" = ()


def picture_of(form: Form, wording: Wording) -> Picture:
    words = Words(form, wording)
    said = Said(
        condition=lambda condition: _("when %(condition)s") % {"condition": words.condition(condition)},
        title=lambda title: wording(title) or _("Without a title"),
        note=_questions,
        past=_("otherwise"),
        start=_("Start"),
        end=_("Submit"),
    )
    return layout(flow(form), said)


def in_words(form: Form, wording: Wording) -> tuple[Node, ...]:
    """The same as the picture, as a list in lists."""
    return tuple(_nodes(flow(form), Words(form, wording), wording))


def _nodes(items: Iterable[Item], words: Words, wording: Wording) -> Iterable[Node]:
    for item in items:
        match item:
            case Stop(step, number):
                yield Node(
                    wording(step.title) or _("Page without a title"), step.id, number, _questions(item)
                )
            case Lane(section, inner):
                title = wording(section.title) or _("Section without a title")
                yield Node(title, nodes=tuple(_nodes(inner, words, wording)))
            case Fork(branches, can_pass):
                for branch in branches:
                    said = _("Only when %(condition)s") % {"condition": words.condition(branch.condition)}
                    yield Node(said, nodes=tuple(_nodes(branch.items, words, wording)))
                if can_pass and len(branches) > 1:
                    yield Node(_("Otherwise straight on"))


def _questions(stop: Stop) -> str:
    number = sum(question_types.get(each.type).holds is not Holds.NOTHING for each in stop.step.questions)
    if not number:
        return _("to read") if stop.step.questions else ""
    said = ngettext("%(number)s question", "%(number)s questions", number) % {"number": number}
    return _("%(questions)s, several times") % {"questions": said} if stop.step.is_group else said
