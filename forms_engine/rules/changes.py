"""How two states of a form differ, part by part: ids say which part is which, whatever its words have become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forms_engine.rules.conditions import Condition
from forms_engine.spec import Form, Option, Question


class Change(StrEnum):
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"
    REWORDED = "reworded"
    RULE = "rule changed"  # it is shown to other people than before
    OTHER = "changed"


@dataclass(frozen=True)
class Difference:
    """One difference. `part` is "form", "section", "step", "question" or "option"; `id` is "" for the form.

    `keys` names what differs within the part.
    """

    change: Change
    part: str
    id: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        detail = f" ({', '.join(self.keys)})" if self.keys else ""
        return f"{self.change.value}: {self.part} {self.id}".rstrip() + detail


@dataclass(frozen=True)
class _Part:
    kind: str
    id: str
    inside: str  # the id of what it stands in
    words: Mapping[str, str]
    rule: Condition | None = None
    rest: Mapping[str, Any] = field(default_factory=dict)


def compare(old: Form, new: Form) -> list[Difference]:
    """What has to be done to `old` to make it `new`. Empty: they are the same."""
    before, after = (dict(_keyed(form)) for form in (old, new))
    gone = [
        Difference(Change.REMOVED, part.kind, part.id) for key, part in before.items() if key not in after
    ]
    come = [Difference(Change.ADDED, part.kind, part.id) for key, part in after.items() if key not in before]
    moved = _moved(before, after)
    kept = [
        difference
        for key, part in after.items()
        if key in before
        for difference in _within(before[key], part, is_moved=key in moved)
    ]
    return gone + come + kept


def _within(old: _Part, new: _Part, *, is_moved: bool) -> Iterator[Difference]:
    if is_moved:
        yield Difference(Change.MOVED, new.kind, new.id)
    if keys := _differing(old.words, new.words):
        yield Difference(Change.REWORDED, new.kind, new.id, keys)
    if old.rule != new.rule:
        yield Difference(Change.RULE, new.kind, new.id)
    if keys := _differing(old.rest, new.rest):
        yield Difference(Change.OTHER, new.kind, new.id, keys)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key for key in {**old, **new} if old.get(key) != new.get(key))


def _moved(before: Mapping[str, _Part], after: Mapping[str, _Part]) -> set[str]:
    """What stands in another part than before, or in another order among those that stayed there."""
    stayed = [key for key in after if key in before and before[key].inside == after[key].inside]
    elsewhere = {key for key in after if key in before and before[key].inside != after[key].inside}
    places = {key: place for place, key in enumerate(before)}
    last: dict[tuple[str, str], int] = {}
    for key in stayed:
        among = (after[key].kind, after[key].inside)
        if places[key] < last.get(among, -1):
            elsewhere.add(key)
        last[among] = max(places[key], last.get(among, -1))
    return elsewhere


def _keyed(form: Form) -> Iterator[tuple[str, _Part]]:
    for part in _parts(form):
        # Answers of a type's own ("yes") are told apart by their question.
        yield (f"{part.inside} {part.id}" if part.kind == "option" else part.id), part


def _parts(form: Form) -> Iterator[_Part]:
    yield _Part("form", "", "", _of(form, "title", "intro", "submitted"), None, _form_rest(form))
    for section in form.sections:
        yield _Part("section", section.id, "", _of(section, "title"), section.show_if)
        for step in section.steps:
            rest = {"kind": step.kind, "group": step.group}
            yield _Part("step", step.id, section.id, _of(step, "title"), step.show_if, rest)
            for question in step.questions:
                yield _question_part(question, step.id)
                for option in question.options:
                    yield _option_part(option, question.id)


def _form_rest(form: Form) -> dict[str, Any]:
    return _of(form, "slug", "reference_prefix", "handler", "lifetime_days", "translations")


def _question_part(question: Question, step: str) -> _Part:
    words = _of(question, "label", "hint", "why", "error")
    rest = _of(question, "type", "level", "prefill", "audience")
    for key, value in question.config.items():
        (words if key == "text" else rest)[f"config.{key}"] = value
    return _Part("question", question.id, step, words, question.show_if, rest)


def _option_part(option: Option, question: str) -> _Part:
    return _Part("option", option.id, question, _of(option, "label", "hint"), None, _of(option, "reveals"))


def _of(part: object, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}
