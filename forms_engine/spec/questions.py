"""A question, and the answers to choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms_engine.rules.conditions import Condition
from forms_engine.rules.expressions import Expression, ExpressionFault, as_stored, parse
from forms_engine.rules.operators import Values
from forms_engine.spec.parts import EVERYONE, Level, PrefillMode, Variant

# Earlier answers -> a number as questions store it; None for Unknown.
Calculation = Callable[[Values], int | str | None]


@dataclass(frozen=True)
class Option:
    """One answer to choose. `reveals` names questions of the same step that open under it, one level deep.

    An `exclusive` answer stands alone among several: "None of these".
    `is_child`: who chooses it fills the form in about themself; wordings then say "you" for the child.
    """

    id: str
    label: str
    hint: str = ""
    reveals: tuple[str, ...] = ()
    exclusive: bool = False
    show_if: Condition | None = None
    is_child: bool = False


@dataclass(frozen=True)
class Question:
    """One question, or (types "guidance", "declaration") a piece of text on the page.

    `config` holds what its type alone understands: limits, number of files (see `docs/form-definitions.md`).
    """

    id: str
    type: str
    label: str
    hint: str = ""
    level: Level = Level.OPTIONAL
    why: str = ""  # why we ask, in the family's words
    error: str = ""  # the editor's own words where the answer is missing
    not_applicable: str = ""  # the words of a tick that stands for an answer: "Ada has no NHS number"
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    required_if: Condition | None = None  # makes it required, whatever its level
    advised_if: Condition | None = None  # makes it advised, where nothing makes it required
    variants: tuple[Variant, ...] = ()  # the first whose condition is true
    prefill: str = ""  # the name of a registered source
    prefill_mode: PrefillMode = PrefillMode.SUGGEST
    audience: str = EVERYONE
    readers: str = ""  # the registered circle of those who may read the answer; "" is whoever reads the rest
    config: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def varies(self) -> bool:
        """Whether what it asks depends on earlier answers."""
        return bool(
            self.required_if
            or self.advised_if
            or self.variants
            or any(option.show_if for option in self.options)
        )

    @cached_property
    def reveals(self) -> Mapping[str, str]:
        """Question id -> the id of the option under which it opens."""
        return {question: option.id for option in self.options for question in option.reveals}

    @cached_property
    def formula(self) -> Expression | None:
        """How its value is worked out of earlier answers, where its `config` says so: nobody types it."""
        formula = self.config.get("formula")
        try:
            return parse(formula) if isinstance(formula, str) else None
        except ExpressionFault:
            return None

    @cached_property
    def calculation(self) -> Calculation | None:
        """What works its value out, where it has a formula."""
        formula, places = self.formula, self.config.get("decimals", 0)
        return (lambda values: as_stored(formula.value(values), places)) if formula else None

    @cached_property
    def rows(self) -> tuple[Option, ...]:
        """The fixed rows of a table or grid, out of its `config`. What is no row there is left out."""
        return tuple(_listed(entry) for entry in _entries(self.config, "rows"))

    @cached_property
    def columns(self) -> tuple["Question", ...]:
        """What is asked in each row of a table, or of each choice of a ranking: questions of their own, one level deep.

        Those of a grid, whose cells are ticked, have no type.
        """
        return tuple(_column(entry) for entry in _entries(self.config, "columns"))


def _entries(config: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = config.get(key)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _words_of(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(entry.get("id", "")), str(entry.get("label", "")), str(entry.get("hint", ""))


def _listed(entry: Mapping[str, Any]) -> Option:
    return Option(*_words_of(entry))


def _column(entry: Mapping[str, Any]) -> Question:
    id, label, hint = _words_of(entry)
    is_required = entry.get("level") == Level.REQUIRED
    config = entry.get("config")
    return Question(
        id,
        str(entry.get("type", "")),
        label,
        hint,
        level=Level.REQUIRED if is_required else Level.OPTIONAL,
        options=tuple(_listed(option) for option in _entries(entry, "options")),
        config=config if isinstance(config, dict) else {},
    )
