"""Sections of published forms to copy into another form, and what became of their sources since.

A copy is the form's own: nothing changes it but its editor. It remembers its source and the version that was looked at
last, so that the editor is told when the source has changed. Its translations come with it.
"""

import copy
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms_engine.definition import build
from forms_engine.models import FormDefinition, FormVersion
from forms_engine.rules.changes import Change, Difference, compare
from forms_engine.rules.copying import Json, copied, ids_of, translated
from forms_engine.rules.phrases import phrases
from forms_engine.spec import Form
from forms_engine.streams import fill, from_stream
from forms_engine.types import question_types
from forms_engine.wording import Wording

# The words of each kind of part.
_WORDS = {
    "section": ("title",),
    "step": ("title",),
    "question": ("label", "hint", "why", "error", "not_applicable"),
    "option": ("label", "hint"),
}


class NoSuchSection(LookupError):
    """No published form has that section."""


@dataclass(frozen=True)
class Source:
    """A published form whose sections can be copied."""

    form: FormDefinition
    sections: list[tuple[str, str]]  # id and title


def sources(but: FormDefinition, wording: Wording) -> list[Source]:
    """The published forms other than `but`, by title: the one made for copying first."""
    forms = FormDefinition.objects.filter(live=True, versions__isnull=False).exclude(pk=but.pk).distinct()
    found = []
    for form in sorted(forms.order_by("title"), key=lambda each: each.slug != "building-blocks"):
        version = form.live_version()
        sections = version.content["sections"] if version else []
        found.append(Source(form, [(section["id"], wording(section["title"])) for section in sections]))
    return found


def insert(form: FormDefinition, slug: str, section_id: str) -> tuple[str, int]:
    """Put a copy of a published form's section into `form`, before its last section; saves nothing.

    Gives the copy's id, and how many conditions were left out since they read what is not in the section. A section
    that sends the form goes to the end. Raises NoSuchSection.
    """
    version = FormVersion.objects.filter(form__slug=slug, form__live=True).order_by("-number").first()
    section = _section(version, section_id)
    if version is None or section is None:
        raise NoSuchSection(section_id)
    ending = secrets.token_hex(3)
    made, left_out = copied(section, ending)
    data = from_stream(form)
    sends = any(step["kind"] == "check" for step in made["steps"])
    has_end = any(step["kind"] == "check" for each in data["sections"][-1:] for step in each["steps"])
    data["sections"].insert(len(data["sections"]) - (1 if has_end and not sends else 0), made)
    source = {"form": slug, "section": section_id, "version": version.number, "ending": ending}
    data["copies"] = {**data.get("copies", {}), made["id"]: source}
    _translate(data, {code: translated(texts, section, ending) for code, texts in _languages(version)})
    fill(form, data)
    return made["id"], left_out


def _section(version: FormVersion | None, section_id: str) -> Json | None:
    sections = version.content["sections"] if version else []
    return next((section for section in sections if section["id"] == section_id), None)


def _languages(version: FormVersion | None) -> list[tuple[str, Json]]:
    """The languages that a version is translated into, with the texts of each."""
    return list(version.content.get("translations", {}).items()) if version else []


def _translate(data: Json, told: Mapping[str, Json]) -> None:
    """Put translations, by language, to those that a form has."""
    there = data.get("translations", {})
    new = {code: {**there.get(code, {}), **texts} for code, texts in told.items() if texts}
    data["translations"] = {**there, **new}


@dataclass(frozen=True)
class Reworded:
    """Words of the source that changed: as they were, as they are, and as they stand in the copy ("" where gone)."""

    was: str
    now: str
    mine: str


@dataclass(frozen=True)
class Changed:
    """A copied section whose source has changed since it was looked at. `others`: changes other than of words.

    `translations` counts those that would come with the new words.
    """

    section: str
    title: str
    source: str
    words: list[Reworded]
    others: list[Difference]
    translations: int = 0
    is_gone: bool = False


def changed_sources(form: FormDefinition) -> Iterator[Changed]:
    """The copied sections of `form` whose sources have changed."""
    data = from_stream(form)
    for section in data["sections"]:
        source = data.get("copies", {}).get(section["id"])
        if source and (found := _look(section, source)):
            yield found


def _look(section: Json, source: Mapping[str, Any]) -> Changed | None:
    versions = FormVersion.objects.filter(form__slug=source["form"])
    newest = versions.order_by("-number").first()
    if newest is None or newest.number == source["version"]:
        return None
    seen = versions.filter(number=source["version"]).first()
    old, new = _section(seen, source["section"]), _section(newest, source["section"])
    title, name = section["title"], newest.content["title"]
    if old is None or new is None:
        return Changed(section["id"], title, name, [], [], is_gone=True)
    differences = compare(_alone(old), _alone(new))
    words = list(_reworded(old, new, section, source["ending"]))
    others = [each for each in differences if each.change is not Change.REWORDED]
    told = _new_translations(_taken(old, new, section, source["ending"]), seen, newest, source)
    count = sum(map(len, told.values()))
    found = words or others or count
    return Changed(section["id"], title, name, words, others, count) if found else None


def _alone(section: Json) -> Form:
    return build({"sections": [section]})


def _parts(section: Json) -> Iterator[tuple[str, str, Json]]:
    """Id, kind and JSON of each part. Answers of a type's own ("yes") are named with their question."""
    yield section["id"], "section", section
    for step in section["steps"]:
        yield step["id"], "step", step
        for question in step.get("questions", ()):
            yield question["id"], "question", question
            for option in question.get("options", ()):
                yield f"{question['id']} {option['id']}", "option", option


def _key(id: str, ending: str, own: set[str]) -> str:
    """The id of a source's part in the copy."""
    return " ".join(f"{one}-{ending}" if one in own else one for one in id.split())


def _reworded(old: Json, new: Json, copy: Json, ending: str) -> Iterator[Reworded]:
    for was, now, mine, name in _words(old, new, copy, ending):
        yield Reworded(was.get(name, ""), now.get(name, ""), mine.get(name, "") if mine else "")


def _words(old: Json, new: Json, copy: Json, ending: str) -> Iterator[tuple[Json, Json, Json | None, str]]:
    """Each wording that the source has changed: the part as it was, as it is, in the copy; and which wording."""
    before = {id: part for id, _kind, part in _parts(old)}
    mine = {id: part for id, _kind, part in _parts(copy)}
    own = set(ids_of(new))
    for id, kind, part in _parts(new):
        for name in _WORDS[kind] if id in before else ():
            if before[id].get(name, "") != part.get(name, ""):
                yield before[id], part, mine.get(_key(id, ending, own)), name


def _taken(old: Json, new: Json, section: Json, ending: str) -> Json:
    """The copied `section` with the words that its source has changed."""
    made = copy.deepcopy(section)
    for _was, now, mine, name in list(_words(old, new, made, ending)):
        if mine is not None:
            mine[name] = now.get(name, "")
    return made


def _new_translations(
    section: Json, seen: FormVersion | None, newest: FormVersion, source: Mapping[str, Any]
) -> dict[str, Json]:
    """Language -> the translations that the source has made or changed since, of texts that read alike in the copy."""
    new = _section(newest, source["section"]) or {"id": "", "steps": []}
    theirs = translated(_texts(new), new, source["ending"])
    alike = {id for id, text in _texts(section).items() if theirs.get(id) == text}
    before = dict(_languages(seen))
    told = {}
    for code, texts in _languages(newest):
        fresh = {id: said for id, said in texts.items() if before.get(code, {}).get(id) != said}
        found = translated(fresh, new, source["ending"])
        told[code] = {id: said for id, said in found.items() if id in alike}
    return told


def _texts(section: Json) -> dict[str, str]:
    """The texts of a section by their ids."""
    return {phrase.id: phrase.text for phrase in phrases(_alone(section), dict(question_types.items()))}


def settle(form: FormDefinition, section_id: str, *, take: bool) -> None:
    """Take the source's new words into the copy, or leave it; either way this change is dealt with. Saves nothing.

    Raises NoSuchSection where that section is no copy.
    """
    data = from_stream(form)
    place = next((at for at, each in enumerate(data["sections"]) if each["id"] == section_id), None)
    source = data.get("copies", {}).get(section_id)
    if place is None or source is None:
        raise NoSuchSection(section_id)
    versions = FormVersion.objects.filter(form__slug=source["form"])
    newest = versions.order_by("-number").first()
    seen = versions.filter(number=source["version"]).first()
    old, new = _section(seen, source["section"]), _section(newest, source["section"])
    if take and old and new and newest:
        data["sections"][place] = _taken(old, new, data["sections"][place], source["ending"])
        _translate(data, _new_translations(data["sections"][place], seen, newest, source))
    number = newest.number if newest else source["version"]
    data["copies"] = {**data["copies"], section_id: {**source, "version": number}}
    fill(form, data)
