"""A section copied from one form into another: ids of its own, no condition that reads what stayed behind, and its
translations.

Pure, on the JSON. Each id of the copy is the source's with an ending, so that the copy and its source can be compared
for ever after.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

# What holds one id, and what holds a list of them.
_ONE = frozenset({"id", "question", "title_question", "items", "any_item", "every_item", "value"})
_SEVERAL = frozenset({"reveals", "questions", "value"})
_CONDITIONS = ("show_if", "required_if", "advised_if")
# Within a wording's id (`phrases.py`), what a part's own id stands behind.
_LISTS = frozenset({"options", "rows", "columns"})
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def copied(section: Mapping[str, Any], ending: str) -> tuple[Json, int]:
    """A copy of `section` with ids that end in `ending`, and how many conditions were left out of it."""
    own = set(ids_of(section))
    kept, left_out = _without_foreign(dict(section), own)
    return _renamed(kept, {id: f"{id}-{ending}" for id in own}), left_out


def translated(texts: Mapping[str, Any], section: Mapping[str, Any], ending: str) -> Json:
    """Of one language's `texts`, by the ids of their wordings, those of `section`, by their ids in its copy."""
    own = set(ids_of(section))
    names = {id: f"{id}-{ending}" for id in own}
    places = dict(_places_of_variants(section, own))
    found = {}
    for id, said in texts.items():
        part, *rest = id.split(".")
        if part not in own or not rest:
            continue
        if rest[0] == "variants" and rest[1:]:
            rest[1] = places.get((part, rest[1]), "")
        for at, word in enumerate(rest[:-1]):
            # Kinds and ids take turns, so that an id may be called "rows".
            if at % 2 == 0 and word in _LISTS:
                rest[at + 1] = names.get(rest[at + 1], rest[at + 1])
        if all(rest):
            found[".".join((names[part], *rest))] = said
    return found


def _places_of_variants(section: Mapping[str, Any], own: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """(part, place of other words in it) -> their place in the copy. What the copy leaves out is not there."""
    for step in section["steps"]:
        for part in (step, *step.get("questions", ())):
            variants = enumerate(part.get("variants", ()))
            kept = (was for was, entry in variants if not _is_foreign_variant(entry, own))
            yield from (((part["id"], str(was)), str(now)) for now, was in enumerate(kept))


def ids_of(section: Mapping[str, Any]) -> Iterator[str]:
    """Every id that is made for this section: not the answers that a type has of its own ("yes")."""
    yield section["id"]
    for step in section["steps"]:
        yield step["id"]
        for question in step.get("questions", ()):
            yield question["id"]
            if question["type"] != "yes_no":
                yield from (option["id"] for option in question.get("options", ()))


def _without_foreign(part: Any, own: set[str]) -> tuple[Any, int]:
    """`part` without the conditions, wordings and rules that read questions other than `own`."""
    if isinstance(part, list):
        entries = [_without_foreign(entry, own) for entry in part if not _is_foreign_variant(entry, own)]
        gone = len(part) - len(entries)
        return [entry for entry, _count in entries], gone + sum(count for _entry, count in entries)
    if not isinstance(part, dict):
        return part, 0
    left_out, kept = 0, {}
    for key, value in part.items():
        if key in _CONDITIONS and _reads(value) - own:
            left_out += 1
            continue
        kept[key], count = _without_foreign(value, own)
        left_out += count
    return kept, left_out


def _is_foreign_variant(entry: Any, own: set[str]) -> bool:
    return isinstance(entry, dict) and "when" in entry and bool(_reads(entry["when"]) - own)


def _reads(condition: Any) -> set[str]:
    """The ids that a condition reads."""
    if isinstance(condition, list):
        return set().union(*map(_reads, condition))
    if not isinstance(condition, dict):
        return set()
    named = {condition[key] for key in ("question", "items", "any_item", "every_item") if key in condition}
    return named | set().union(*map(_reads, condition.values()))


def _renamed(part: Any, names: Mapping[str, str], key: str = "") -> Any:
    if isinstance(part, dict):
        return {name: _renamed(value, names, name) for name, value in part.items()}
    if isinstance(part, list):
        return [_renamed(entry, names, key if key in _SEVERAL else "") for entry in part]
    if isinstance(part, str) and key in _ONE | _SEVERAL:
        return names.get(part, part)
    if isinstance(part, str) and key == "formula":
        return _NAME.sub(lambda found: names.get(found[0], found[0]), part)
    return part
