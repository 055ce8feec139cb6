"""What could be better about a form, in an editor's words. It stops nobody, and can be waved through with a note."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.definition import build, known
from forms_engine.models import FormDefinition, SubmissionContent, WavedThrough
from forms_engine.rules import lints
from forms_engine.rules.lints import Kind, Lengths, Lint
from forms_engine.spec import Form
from forms_engine.streams import from_stream
from forms_engine.types.texts import LONG_LENGTH, SHORT_LENGTH, LongText, ShortText, length_of

# The newest forms that were sent, whose answers are measured. Each look at the panel reads them.
MEASURED = 100
NEAR = 0.95
# Where to put right what is not in the words of the question itself.
_BOXES = {
    Kind.UNUSED_PERSONAL_DATA.value: ":why",
    Kind.SENSITIVE_WITHOUT_WHY.value: ":why",
    Kind.UPLOAD_WITHOUT_PURPOSE.value: ":hint",
    Kind.LINK_IN_HINT.value: ":hint",
}


@dataclass(frozen=True)
class Advice:
    """One thing. `where` names its place, `block` is the id to open, `reason` says why it matters to a family."""

    kind: str
    part: str
    where: str
    block: str
    message: str
    reason: str
    text_digest: str
    text: str
    note: str = ""  # of whoever waved it through

    @property
    def target(self) -> str:
        """What a link to it names (`Finding.target`): the question, or the box of it where it is put right."""
        return f"block-{self.block}-section{_BOXES.get(self.kind, '')}"


def on(definition: FormDefinition) -> list[Advice]:
    """All advice on a form as it stands in the editor, what was waved through last."""
    form = build(from_stream(definition))
    notes = _notes(definition)
    found = [_advice(form, lint, notes) for lint in lints.find(form, known(), _lengths(definition, form))]
    return sorted(found, key=lambda advice: bool(advice.note))


def find(definition: FormDefinition, kind: str, part: str) -> Advice | None:
    """One piece of advice as it stands now; None where it has been put right."""
    return next((each for each in on(definition) if (each.kind, each.part) == (kind, part)), None)


def _advice(form: Form, lint: Lint, notes: Mapping[tuple[str, str, str], str]) -> Advice:
    digest = hashlib.sha256(lint.text.encode()).hexdigest()
    message, reason = _words(lint)
    return Advice(
        kind=lint.kind.value,
        part=lint.part,
        where=_where(form, lint.part),
        block=_block(form, lint.part),
        message=message,
        reason=reason,
        text_digest=digest,
        text=lint.text,
        note=notes.get((lint.kind.value, lint.part, digest), ""),
    )


def _notes(definition: FormDefinition) -> dict[tuple[str, str, str], str]:
    if not definition.pk:
        return {}
    rows = WavedThrough.objects.filter(form=definition).values_list("kind", "part", "text_digest", "note")
    return {(kind, part, digest): note for kind, part, digest, note in rows}


def _where(form: Form, part: str) -> str:
    """The place as the panel's other findings name it."""
    if part in form.steps_by_id:
        return f"{form.section_of[part].title} > {form.steps_by_id[part].title}"
    for question in form.questions():
        if part == question.id or any(part == option.id for option in question.options):
            step = form.step_of[question.id]
            return f"{form.section_of[step.id].title} > {step.title} > {question.label}"
    return form.title


def _block(form: Form, part: str) -> str:
    """The block in the editor that holds a part: an answer to choose has none of its own."""
    for question in form.questions():
        if any(part == option.id for option in question.options):
            return question.id
    return part


def _words(lint: Lint) -> tuple[str, str]:
    """The message, and why it matters."""
    detail = {"detail": lint.detail}
    match lint.kind:
        case Kind.READING_AGE:
            return (
                _("Reading age %(detail)s. We write for 11 or below.") % detail,
                _(
                    "Many parents read this tired, in a hurry or in a second language. Use short, common words."
                ),
            )
        case Kind.LONG_SENTENCE:
            return (
                _("A sentence of %(detail)s words: “%(text)s”") % {**detail, "text": _short(lint.text)},
                _("People lose the thread of a sentence longer than 25 words. Make two of it."),
            )
        case Kind.TWO_QUESTIONS:
            return (
                _("This seems to ask two things at once."),
                _("Somebody who would say yes to one and no to the other cannot answer."),
            )
        case Kind.LINK_IN_HINT:
            return (
                _("The hint holds a link: %(detail)s") % detail,
                _(
                    "Screen readers read a hint out with its question, as plain text: nobody can follow the link. "
                    "Put it into a guidance text."
                ),
            )
        case Kind.UNUSED_PERSONAL_DATA:
            return (
                _("This asks for personal data, and nothing says what it is used for."),
                _(
                    "The law lets us ask only for what we need. Say why in the hint, or under “Why we ask” (behind the "
                    "cog of the question). Or leave the question out."
                ),
            )
        case Kind.UPLOAD_WITHOUT_PURPOSE:
            return (
                _("This asks for files, and does not say which."),
                _("People send nothing, or everything that they have. Say in the hint what would help."),
            )
        case Kind.ALIKE_ANSWERS:
            return (
                _("“%(text)s” reads almost like “%(detail)s”.") % {**detail, "text": lint.text},
                _("Somebody who reads quickly, or not well, picks the wrong one."),
            )
        case Kind.LIMIT_OVERRUN:
            return (
                _("%(detail)s of the answers that came reached the limit.") % detail,
                _("People have more to say than there is room for. Raise the limit."),
            )
        case Kind.SENSITIVE_WITHOUT_WHY:
            return (
                _("“%(detail)s” is hard to talk about, and nothing says why we ask.") % detail,
                _(
                    "People answer honestly where they know what it is for, and who will see it. Fill in “Why we ask”, "
                    "behind the cog of the question."
                ),
            )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _lengths(definition: FormDefinition, form: Form) -> dict[str, Lengths]:
    """How long answers to the questions with a limit have been, in the newest forms that were sent."""
    limits = {
        question.id: limit
        for question in form.questions()
        if (limit := _limit(question.type, question.config))
    }
    if not limits or not definition.pk:
        return {}
    sent = SubmissionContent.objects.filter(submission__version__form=definition)
    said, near = Counter[str](), Counter[str]()
    for values in sent.order_by("-submission__submitted_at").values_list("values", flat=True)[:MEASURED]:
        for question, text in _texts(values):
            if question in limits:
                said[question] += 1
                near[question] += length_of(text) >= NEAR * limits[question]
    return {question: Lengths(count, near[question]) for question, count in said.items()}


def _limit(kind: str, config: Mapping[str, Any]) -> int:
    """In characters; 0 where there is none."""
    usual = {LongText.name: 0 if "max_words" in config else LONG_LENGTH, ShortText.name: SHORT_LENGTH}
    return int(config.get("max_length", usual.get(kind, 0))) if kind in usual else 0


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Question id -> text, those of the items of repeating groups too."""
    for key, value in values.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from _texts(item)
