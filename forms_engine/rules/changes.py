"""How two states of a form differ, part by part: ids say which part is which, whatever its words have become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forms_engine.spec import Form, Option, Question, Variant


class Change(StrEnum):
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"
    REWORDED = "reworded"
    RULE = "rule changed"  # it is shown to other people than before, or demands something else
    OTHER = "changed"


@dataclass(frozen=True)
class Difference:
    """One difference. `part` is "form" (its `id` is ""), "section", "step", "question", "option", "row" or "column".

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
    rule: tuple[Any, ...] = ()  # the conditions and rules that stand on it
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
        # Answers of a type's own ("yes"), rows and columns are told apart by their question.
        within = part.kind in ("option", "row", "column")
        yield (f"{part.inside} {part.kind} {part.id}" if within else part.id), part


def _parts(form: Form) -> Iterator[_Part]:
    yield _Part("form", "", "", _of(form, "title", "intro", "submitted", "instead"), (), _form_rest(form))
    for section in form.sections:
        rest = _of(section, "audience")
        yield _Part("section", section.id, "", _of(section, "title"), (section.show_if,), rest)
        for step in section.steps:
            words = _of(step, "title") | _varying(step.variants)
            rule = (step.show_if, step.rules, *(variant.when for variant in step.variants))
            rest = _of(step, "kind", "group", "audience")
            yield _Part("step", step.id, section.id, words, rule, rest)
            for question in step.questions:
                yield _question_part(question, step.id)
                for option in question.options:
                    yield _option_part(option, question.id)
                for row in question.rows:
                    yield _Part("row", row.id, question.id, _of(row, "label", "hint"))
                for column in question.columns:
                    yield _column_part(column, question.id)


def _form_rest(form: Form) -> dict[str, Any]:
    return _of(
        form,
        "slug",
        "reference_prefix",
        "handler",
        "lifetime_days",
        "offered_to",
        "opens_at",
        "closes_at",
        "task_list",
        "notice",
        "translations",
        "thresholds",
    )


def _question_part(question: Question, step: str) -> _Part:
    words = _of(question, "label", "hint", "why", "error", "not_applicable") | _varying(question.variants)
    rule = (
        question.show_if,
        question.required_if,
        question.advised_if,
        *(variant.when for variant in question.variants),
    )
    rest = _of(question, "type", "level", "prefill", "prefill_mode", "audience", "readers")
    for key, value in question.config.items():
        if key in ("rows", "columns"):
            continue  # parts of their own
        (words if key == "text" else rest)[f"config.{key}"] = value
    return _Part("question", question.id, step, words, rule, rest)


def _column_part(column: Question, question: str) -> _Part:
    rest = _of(column, "type", "level", "options", "config")
    return _Part("column", column.id, question, _of(column, "label", "hint"), (), rest)


def _option_part(option: Option, question: str) -> _Part:
    rest = _of(option, "reveals", "exclusive", "is_child")
    return _Part("option", option.id, question, _of(option, "label", "hint"), (option.show_if,), rest)


def _varying(variants: tuple[Variant, ...]) -> dict[str, Any]:
    return {
        f"variants.{place}.{key}": words
        for place, variant in enumerate(variants)
        for key, words in variant.words.items()
    }


def _of(part: object, *names: str) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}
