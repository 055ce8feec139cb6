"""Two texts of one page side by side, what differs marked, and the choice between them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

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
# Pairs of words that one page compares: two changed passages of 500 words.
MOST_PAIRS = 250_000
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


def clash_of(
    question: Question, mine: Raw, theirs: Raw, wording: Wording, *, pairs: int, error: str = ""
) -> Clash:
    """Both answers to a question, for which so many pairs of words may be compared."""
    left, right = marked(as_text(question, mine, wording), as_text(question, theirs, wording), pairs)
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


def marked(left: str, right: str, pairs: int = MOST_PAIRS) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word: those that only one has are marked.

    Where more than `pairs` of words would be compared, all from the first difference to the last is marked.
    """
    # Words with the space after them, compared without it, so that a marked sentence is one piece.
    ours, others = (re.findall(r"^\s+|\S+\s*", text) for text in (left, right))
    kept = _in_both([word.strip() for word in ours], [word.strip() for word in others], pairs)
    return _pieces(ours, {place for place, _other in kept}), _pieces(others, {place for _our, place in kept})


def _pieces(words: Sequence[str], kept: Collection[int]) -> list[Piece]:
    runs = groupby(enumerate(words), lambda numbered: numbered[0] not in kept)
    return [("".join(word for _place, word in run), only_here) for only_here, run in runs]


def _in_both(ours: Sequence[str], others: Sequence[str], pairs: int) -> list[tuple[int, int]]:
    """The places of the words that both have, in the same order."""
    start = _same_at_start(ours, others)
    end = _same_at_start(ours[start:][::-1], others[start:][::-1])
    left, right = ours[start : len(ours) - end], others[start : len(others) - end]
    between = _longest_common(left, right) if len(left) * len(right) <= pairs else []
    return [
        *((place, place) for place in range(start)),
        *((start + a, start + b) for a, b in between),
        *((len(ours) - place, len(others) - place) for place in range(end, 0, -1)),
    ]


def _same_at_start(ours: Sequence[str], others: Sequence[str]) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(ours, others, strict=False)) if a != b),
        min(len(ours), len(others)),
    )


def _longest_common(ours: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the longest row of words that stand in both, each pair of words looked at once.

    difflib's comparison grows with the cube of a text that says the same few words over and over.
    """
    # How long it is from a word of ours and one of the others' on.
    longest = [[0] * (len(others) + 1) for _word in range(len(ours) + 1)]
    for a in reversed(range(len(ours))):
        here, below = longest[a], longest[a + 1]
        for b in reversed(range(len(others))):
            here[b] = below[b + 1] + 1 if ours[a] == others[b] else max(below[b], here[b + 1])
    found, a, b = list[tuple[int, int]](), 0, 0
    while a < len(ours) and b < len(others):
        if ours[a] == others[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif longest[a + 1][b] >= longest[a][b + 1]:
            a += 1
        else:
            b += 1
    return found
