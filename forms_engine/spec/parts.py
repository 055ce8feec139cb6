"""The words of a definition that are chosen from few, and the small things that stand at questions and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from forms_engine.rules.conditions import Condition

# Who is asked a part of a form: every party of it, or members of staff alone.
EVERYONE = "everyone"
STAFF = "staff"


class Level(StrEnum):
    """What an empty answer means. Only REQUIRED ever stops anybody."""

    REQUIRED = "required"
    ADVISED = "advised"  # asked again on check answers
    OPTIONAL = "optional"


class StepKind(StrEnum):
    QUESTIONS = "questions"
    GUIDANCE = "guidance"
    GROUP = "group"  # a repeating group: a list of items, each a page with the step's questions
    CHECK = "check"  # check answers and submit
    PLUGIN = "plugin"  # a page of another app: what is typed there never comes into a draft


class PrefillMode(StrEnum):
    """What becomes of an answer that a source knows already."""

    SUGGEST = "suggest"  # filled in, to change at will
    FIXED = "fixed"  # shown, and taken from the source: whatever a browser sends is not read
    CORRECT = "correct"  # filled in; a change is marked as a correction


class RuleKind(StrEnum):
    """What may be demanded of several questions of one page together (`rules/together.py`)."""

    EXACTLY_ONE = "exactly-one"
    AT_LEAST_ONE = "at-least-one"
    NO_CHOICE_TWICE = "no-choice-twice"  # in a repeating group: not in another item either
    DATES_IN_ORDER = "dates-in-order"


@dataclass(frozen=True)
class Rule:
    """What must be so of several questions of one page together. `message`: the editor's own words, if any."""

    kind: RuleKind
    questions: tuple[str, ...]
    message: str = ""


@dataclass(frozen=True)
class Variant:
    """Other words where a condition is true: "label" and "hint" of a question, "title" of a step."""

    when: Condition
    words: Mapping[str, str]


class Translation(NamedTuple):
    """A text in another language. `of`: the `rules.phrases.digest_of` the text that it was made of, if known."""

    text: str
    of: str = ""


class Since(NamedTuple):
    """What a threshold has been since a day (ISO form), and where that stands written."""

    day: str
    value: int | float
    source: str
