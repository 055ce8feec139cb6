"""A whole form to read on one page: every part with its conditions and settings in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import Block, ChoiceBlock

from core.dates import day_text
from forms_engine import richtext
from forms_engine.authoring.words import Words
from forms_engine.blocks import LEVELS, plain_name
from forms_engine.field_blocks import DayBlock
from forms_engine.rules.conditions import Condition
from forms_engine.rules.known import Holds
from forms_engine.spec import EVERYONE, Form, Option, PrefillMode, Question, Section, Step
from forms_engine.types import question_types
from forms_engine.wording import Wording


@dataclass(frozen=True)
class OptionLine:
    id: str
    label: str
    hint: str
    note: str


@dataclass(frozen=True)
class QuestionLine:
    """`notes` say under which conditions it is asked, and what else is set."""

    id: str
    kind: str
    label: str
    hint: str
    level: str
    notes: tuple[str, ...]
    options: tuple[OptionLine, ...]
    text: tuple[richtext.Block, ...]


@dataclass(frozen=True)
class StepLine:
    id: str
    number: int
    title: str
    notes: tuple[str, ...]
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class SectionLine:
    id: str
    title: str
    notes: tuple[str, ...]
    steps: tuple[StepLine, ...]


def outline(form: Form, wording: Wording) -> list[SectionLine]:
    """The form's sections in order, in whatever state they are. Pages are numbered through the whole form."""
    writer = _Writer(form, wording, Words(form, wording))
    numbers = {step.id: number for number, step in enumerate(form.steps, start=1)}
    return [writer.section(section, numbers) for section in form.sections]


@dataclass(frozen=True)
class _Writer:
    form: Form
    wording: Wording
    words: Words

    def section(self, section: Section, numbers: dict[str, int]) -> SectionLine:
        steps = tuple(self.step(step, numbers[step.id]) for step in section.steps)
        title = self.wording(section.title) or _("Section without a title")
        return SectionLine(section.id, title, tuple(self.shown(section)), steps)

    def step(self, step: Step, number: int) -> StepLine:
        title = self.wording(step.title) or _("Page without a title")
        questions = tuple(self.question(question, step) for question in step.questions)
        return StepLine(step.id, number, title, tuple(self.step_notes(step)), questions)

    def shown(self, part: Section | Step | Question | Option) -> Iterator[str]:
        if part.show_if:
            yield _("Only when %(condition)s.") % {"condition": self.words.condition(part.show_if)}
        if getattr(part, "audience", EVERYONE) != EVERYONE:
            yield _("For staff only.")

    def step_notes(self, step: Step) -> Iterator[str]:
        yield from self.shown(step)
        if step.group:
            counts = {"least": step.group.least, "most": step.group.most}
            yield _("Answered several times: at least %(least)s, at most %(most)s.") % counts
        for variant in step.variants:
            yield from self.variant(variant.when, variant.words.get("title", ""))
        for rule in step.rules:
            names = ", ".join(self.words.question(id) for id in rule.questions)
            yield rule.message or _("Checked together: %(questions)s.") % {"questions": names}

    def variant(self, when: Condition, said: str) -> Iterator[str]:
        if said:
            words = {"condition": self.words.condition(when), "words": self.wording(said)}
            yield _("When %(condition)s, it reads: “%(words)s”") % words

    def question(self, question: Question, step: Step) -> QuestionLine:
        kind = question_types.get(question.type)
        asks = kind.holds is not Holds.NOTHING
        label = self.wording(question.label) or (_("Question without words") if asks else "")
        text = question.config.get("text", "")
        return QuestionLine(
            question.id,
            str(kind.label),
            label,
            self.wording(question.hint),
            str(dict(LEVELS)[question.level.value]) if asks else "",
            tuple(self.question_notes(question, step)),
            tuple(self.option(question, option) for option in question.options),
            richtext.parse(text, self.wording) if isinstance(text, str) else (),
        )

    def option(self, question: Question, option: Option) -> OptionLine:
        opens = [self.words.question(id) for id in option.reveals]
        notes = list(self.shown(option))
        if opens:
            notes.append(_("Opens: %(questions)s.") % {"questions": ", ".join(opens)})
        return OptionLine(option.id, self.wording(option.label), self.wording(option.hint), " ".join(notes))

    def question_notes(self, question: Question, step: Step) -> Iterator[str]:
        yield from self.shown(question)
        if opener := step.revealed_by.get(question.id):
            above = step.questions_by_id[opener[0]]
            words = {"question": self.words.question(above.id), "answer": self.words.option(above, opener[1])}
            yield _("Opens under the answer “%(answer)s” to %(question)s.") % words
        if question.required_if:
            yield _("Must be answered when %(condition)s.") % {
                "condition": self.words.condition(question.required_if)
            }
        if question.advised_if:
            yield _("Should be answered when %(condition)s.") % {
                "condition": self.words.condition(question.advised_if)
            }
        for variant in question.variants:
            yield from self.variant(variant.when, variant.words.get("label", ""))
        if question.why:
            yield _("Why we ask: %(why)s") % {"why": self.wording(question.why)}
        if question.error:
            yield _("When it is missing: “%(error)s”") % {"error": self.wording(question.error)}
        if question.not_applicable:
            yield _("Tick for those it does not apply to: “%(tick)s”") % {
                "tick": self.wording(question.not_applicable)
            }
        if question.prefill:
            source = plain_name(question.prefill)
            fixed = question.prefill_mode is PrefillMode.FIXED
            yield (
                _("Known from %(source)s, to read only.") if fixed else _("Filled in from %(source)s.")
            ) % {"source": source}
        if question.readers:
            yield _("Read by “%(circle)s” only.") % {"circle": plain_name(question.readers)}
        yield from self.settings(question)

    def settings(self, question: Question) -> Iterator[str]:
        """What its type alone has, each under the name of its box in the editor."""
        for name, setting in question_types.get(question.type).config_keys.items():
            value, box = question.config.get(name), setting.box()
            if name != "text" and (said := self.value(value, box)):
                yield _("%(setting)s: %(value)s") % {"setting": box.label, "value": said}

    def value(self, value: Any, box: Block) -> str:
        if value is True:
            return _("yes")
        if isinstance(box, DayBlock) and isinstance(value, str):
            return day_text(date.fromisoformat(value))
        if isinstance(box, ChoiceBlock) and isinstance(value, str):
            return str(dict(box.field.choices).get(value, value))
        if isinstance(value, list):
            entries = [entry.get("label", "") if isinstance(entry, dict) else str(entry) for entry in value]
            return ", ".join(self.wording(str(entry)) for entry in entries if entry)
        return self.wording(str(value)) if isinstance(value, str | int | float) else ""
