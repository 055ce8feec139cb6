"""Every text of a form that families read, each with an id of its own; and the form in another language.

The id names the part of the form and what the text is of it: "where.label", "where.options.home.label",
"timetable.rows.monday.label". Of the form itself it is one word: "title". Where the JSON has no ids, a number counts.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from forms_engine.rules.known import TypeFacts
from forms_engine.spec import Form, Group, Option, Question, Rule, Section, Step, Translation, Variant

Types = Mapping[str, TypeFacts]


@dataclass(frozen=True)
class Phrase:
    """One text. `place` holds the titles of the section, step and question in which it stands; `what` it is of them."""

    id: str
    text: str
    place: tuple[str, ...]
    what: str


Say = Callable[[Phrase], str]


class State(StrEnum):
    """How a translation stands."""

    MISSING = "missing"
    OUTDATED = "outdated"  # the text has changed since it was translated
    DONE = "done"


def phrases(form: Form, types: Types) -> list[Phrase]:
    """The texts of `form` in its order. Those that are empty are none."""
    found: list[Phrase] = []

    def note(phrase: Phrase) -> str:
        found.append(phrase)
        return phrase.text

    _Walk(types, note).form(form)
    return found


def in_language(form: Form, language: str, types: Types) -> Form:
    """`form` with its texts in `language`; what is not translated stays as it is. Itself where nothing is."""
    texts = form.translations.get(language)
    if not texts:
        return form

    def say(phrase: Phrase) -> str:
        translation = texts.get(phrase.id)
        return translation.text if translation and translation.text else phrase.text

    return _Walk(types, say).form(form)


def state(phrase: Phrase, translation: Translation | None) -> State:
    """How `translation` stands to `phrase`. One that says not what it was made of is taken as done."""
    if translation is None or not translation.text:
        return State.MISSING
    if translation.of and translation.of != digest_of(phrase.text):
        return State.OUTDATED
    return State.DONE


def told_elsewhere(form: Form, types: Types) -> dict[str, dict[str, Translation]]:
    """Language -> phrase's id -> translation, of the texts that are not translated where they stand, but are where the
    same text stands elsewhere in the form: in what they are a copy of.
    """
    found = phrases(form, types)
    told: dict[str, dict[str, Translation]] = {}
    for language, texts in form.translations.items():
        stands = {phrase.id: state(phrase, texts.get(phrase.id)) for phrase in found}
        known = {phrase.text: texts[phrase.id] for phrase in found if stands[phrase.id] is State.DONE}
        told[language] = {
            phrase.id: known[phrase.text]
            for phrase in found
            if stands[phrase.id] is State.MISSING and phrase.text in known
        }
    return told


def digest_of(text: str) -> str:
    """What a translation keeps of the text that it was made of: 12 figures of its sha256, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class _Walk:
    """A form made anew, with what `say` makes of each of its texts."""

    types: Types
    say: Say

    def form(self, form: Form) -> Form:
        words = self.words(form, "", (), "title", "intro", "submitted", "instead")
        return replace(form, **words, sections=tuple(self.section(section) for section in form.sections))

    def section(self, section: Section) -> Section:
        place = (section.title,)
        steps = tuple(self.step(step, place) for step in section.steps)
        return replace(section, **self.words(section, f"{section.id}.", place, "title"), steps=steps)

    def step(self, step: Step, above: tuple[str, ...]) -> Step:
        place, id = (*above, step.title), f"{step.id}."
        return replace(
            step,
            **self.words(step, id, place, "title"),
            variants=self.variants(step.variants, id, place),
            group=self.group(step.group, id, place),
            questions=tuple(self.question(question, place) for question in step.questions),
            rules=tuple(
                self.rule(rule, f"{id}rules.{index}.", place) for index, rule in enumerate(step.rules)
            ),
        )

    def group(self, group: Group | None, id: str, place: tuple[str, ...]) -> Group | None:
        return replace(group, **self.words(group, id, place, "item_name")) if group else None

    def rule(self, rule: Rule, id: str, place: tuple[str, ...]) -> Rule:
        return replace(rule, **self.words(rule, id, place, "message"))

    def question(self, question: Question, above: tuple[str, ...]) -> Question:
        place, id = (*above, question.label), f"{question.id}."
        return replace(
            question,
            **self.words(question, id, place, "label", "hint", "why", "error", "not_applicable"),
            variants=self.variants(question.variants, id, place),
            options=tuple(self.option(option, id, place) for option in question.options),
            config=self.config(question.type, question.config, id, place),
        )

    def option(self, option: Option, id: str, place: tuple[str, ...]) -> Option:
        return replace(option, **self.words(option, f"{id}options.{option.id}.", place, "label", "hint"))

    def variants(self, variants: tuple[Variant, ...], id: str, place: tuple[str, ...]) -> tuple[Variant, ...]:
        return tuple(
            replace(variant, words=self.texts(variant.words, f"{id}variants.{index}.", place, *variant.words))
            for index, variant in enumerate(variants)
        )

    def config(
        self, kind: str, config: Mapping[str, Any], id: str, place: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """What its type alone understands: the texts among it, rows, and columns, which are questions themselves."""
        if not config:
            return config
        keys = self.types[kind].config_keys if kind in self.types else {}
        read = [name for name, key in keys.items() if key.is_read]
        told = self.texts(config, f"{id}config.", place, *read)
        for key in ("rows", "columns"):
            if isinstance(entries := config.get(key), list):
                told[key] = [self.entry(entry, f"{id}{key}.", place) for entry in entries]
        return told

    def entry(self, entry: Any, id: str, place: tuple[str, ...]) -> Any:
        """A row, a column, or an answer of a column, as the JSON has it."""
        if not isinstance(entry, dict):
            return entry
        within = f"{id}{entry.get('id', '')}."
        told = self.texts(entry, within, place, "label", "hint")
        if isinstance(entry.get("config"), dict):
            told["config"] = self.config(str(entry.get("type", "")), entry["config"], within, place)
        if isinstance(options := entry.get("options"), list):
            told["options"] = [self.entry(option, f"{within}options.", place) for option in options]
        return told

    def words(self, part: object, id: str, place: tuple[str, ...], *names: str) -> dict[str, Any]:
        """The texts among the attributes of `part`, said."""
        return self.texts({name: getattr(part, name) for name in names}, id, place, *names)

    def texts(self, texts: Mapping[str, Any], id: str, place: tuple[str, ...], *names: str) -> dict[str, Any]:
        """All of `texts`, those of `names` said."""
        told = dict(texts)
        for name in names:
            if isinstance(text := texts.get(name), str) and text.strip():
                told[name] = self.say(Phrase(f"{id}{name}", text, place, name))
        return told
