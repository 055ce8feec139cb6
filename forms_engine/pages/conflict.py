"""Two texts of one page side by side, what differs marked, and the choice between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.govuk import fields
from core.govuk.fields import Field, Item
from forms_engine.registries import Raw
from forms_engine.spec import Question
from forms_engine.types import asking
from forms_engine.wording import Wording

# The hidden field of the page that asks for the choice.
RESOLVING = "resolving"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
# Characters. Longer texts are shown whole, unmarked: comparing them word by word would keep the server busy.
MOST_COMPARED = 4_000
# A piece of a text, and whether the other text has it not.
Piece = tuple[str, bool]


@dataclass(frozen=True)
class Clash:
    """One question that was answered differently in two windows."""

    question: Question
    asked: str
    mine: Sequence[Piece]
    theirs: Sequence[Piece]
    field: Field


def keep_name(question: Question) -> str:
    return f"keep-{question.id}"


def clashing(
    questions: Sequence[Question], mine: Mapping[str, Raw], theirs: Mapping[str, Raw]
) -> list[Question]:
    """The questions whose two answers differ."""
    return [question for question in questions if mine.get(question.id) != theirs.get(question.id)]


def clash_of(question: Question, mine: Raw, theirs: Raw, wording: Wording, error: str = "") -> Clash:
    left, right = marked(as_text(question, mine, wording), as_text(question, theirs, wording))
    return Clash(question, wording(question.label), left, right, _choice(question, wording, error))


def can_join(question: Question) -> bool:
    """Whether both answers can stand one after the other."""
    return question.type == "long_text" and not question.not_applicable


def _choice(question: Question, wording: Wording, error: str) -> Field:
    items = [
        Item(value=MINE, label=_("What I wrote here")),
        Item(value=THEIRS, label=_("What I saved in the other window")),
    ]
    if can_join(question):
        hint = _("You can tidy it up afterwards.")
        items.append(Item(value=BOTH, label=_("Both, one after the other"), hint=hint))
    name = keep_name(question)
    label = _("What shall we keep?")
    return Field(template=fields.RADIOS, id=name, name=name, label=label, error=error, items=items)


def chosen(
    questions: Sequence[Question], mine: Mapping[str, Raw], theirs: Mapping[str, Raw], post: QueryDict
) -> tuple[dict[str, Raw], list[Question]]:
    """The answers as they were chosen between, and the questions for which nothing was chosen."""
    answers, undecided = dict(mine), []
    for question in clashing(questions, mine, theirs):
        choice = post.get(keep_name(question), "")
        if choice == BOTH and can_join(question):
            answers[question.id] = joined(theirs.get(question.id, ""), mine.get(question.id, ""))
        elif choice == THEIRS:
            answers[question.id] = theirs.get(question.id)
        elif choice != MINE:
            undecided.append(question)
    return answers, undecided


def joined(first: str, second: str) -> str:
    """Two texts, one after the other, with an empty line between."""
    return "\n\n".join(part for part in (first.strip(), second.strip()) if part)


def as_text(question: Question, raw: Raw, wording: Wording) -> str:
    """An answer as people read it; as it was typed where it cannot stand."""
    cleaned = asking.clean(question, raw) if raw is not None else None
    if cleaned and cleaned.value is not None:
        return "\n".join(asking.nodes(question, cleaned.value, wording))
    return _as_typed(raw)


def _as_typed(raw: Raw) -> str:
    if isinstance(raw, dict):
        return " ".join(text for part in raw.values() if (text := _as_typed(part)))
    return ", ".join(map(_as_typed, raw)) if isinstance(raw, list) else str(raw or "")


def marked(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word: those that only one has are marked."""
    if max(len(left), len(right)) > MOST_COMPARED:
        return [(left, False)], [(right, False)]
    # Words with the space after them, compared without it, so that a marked sentence is one piece.
    ours, others = (re.findall(r"^\s+|\S+\s*", text) for text in (left, right))
    compare = SequenceMatcher(
        a=[word.strip() for word in ours], b=[word.strip() for word in others], autojunk=False
    )
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in compare.get_opcodes():
        for side, words in zip(pieces, (ours[a:b], others[c:d]), strict=True):
            if words:
                side.append(("".join(words), tag != "equal"))
    return pieces
