"""What could be better about a form that hangs together: nothing here stops anybody from publishing it.

Pure. `advice.py` says each in words, with its reason; an editor can wave one through with a note.
"""

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from forms_engine.rules.known import Known, TypeFacts, placed_steps
from forms_engine.spec import Form, Question, Section, Step, Variant

# Years. What we write for: `docs/form-definitions.md`.
READING_AGE = 11
# Words. A formula says nothing of a shorter text, and of a sentence longer than this few can say what it was about.
ENOUGH_WORDS = 20
LONGEST_SENTENCE = 25
# Share of equal characters above which two answers are mistaken for one another.
ALIKE = 0.85
# Of at least so many answers, this share came close to the limit: people cut short what they had to say.
ENOUGH_ANSWERS = 10
OVERRUN = 0.05


class Kind(StrEnum):
    READING_AGE = "reading-age"
    LONG_SENTENCE = "long-sentence"
    TWO_QUESTIONS = "two-questions"
    LINK_IN_HINT = "link-in-hint"
    UNUSED_PERSONAL_DATA = "unused-personal-data"
    UPLOAD_WITHOUT_PURPOSE = "upload-without-purpose"
    ALIKE_ANSWERS = "alike-answers"
    LIMIT_OVERRUN = "limit-overrun"
    SENSITIVE_WITHOUT_WHY = "sensitive-without-why"


@dataclass(frozen=True)
class Lint:
    """One thing. `part` is the id of what it is about, `text` the words meant: once they change, it is a new one.

    `detail` is a number or another text that the explanation needs.
    """

    kind: Kind
    part: str
    text: str
    detail: str = ""


@dataclass(frozen=True)
class Lengths:
    """How long the answers to a question have been: of `answers`, so many came within a twentieth of the limit."""

    answers: int
    near_limit: int


def find(form: Form, known: Known, lengths: Mapping[str, Lengths] | None = None) -> list[Lint]:
    """Everything that could be better, in the form's order. `lengths`: question id -> what was sent so far."""
    read = _read_by_conditions(form)
    found: list[Lint] = []
    for _path, _section, step in placed_steps(form):
        found += _of_texts(step.id, _texts_of_step(step))
        for question in step.questions:
            facts = known.types.get(question.type)
            if facts:
                found += _of_question(question, facts, (lengths or {}).get(question.id))
        found += _of_personal_data(step, known, read)
    return found


def _texts_of_step(step: Step) -> str:
    """All that is read on a page, one after the other: single labels are too short to be measured."""
    texts = [step.title, *_words(step.variants), *(rule.message for rule in step.rules)]
    for question in step.questions:
        texts += [question.label, *_words(question.variants), question.hint, question.why]
        texts.append(str(question.config.get("text", "")))
    return "\n".join(_plain(text) for text in texts if text)


def _words(variants: Iterable[Variant]) -> Iterator[str]:
    return (words for variant in variants for words in variant.words.values())


def _of_texts(part: str, text: str) -> Iterator[Lint]:
    age = reading_age(text)
    if age is not None and age > READING_AGE:
        yield Lint(Kind.READING_AGE, part, text, str(age))
    for sentence in sentences(text):
        if len(sentence.split()) > LONGEST_SENTENCE:
            yield Lint(Kind.LONG_SENTENCE, part, sentence, str(len(sentence.split())))


def _of_personal_data(step: Step, known: Known, read: frozenset[str]) -> Iterator[Lint]:
    """Once a page: what is said under one of its questions explains the others, as a name beside a phone."""
    personal = [
        question
        for question in step.questions
        if (facts := known.types.get(question.type)) and facts.personal
    ]
    if any(question.why or question.hint for question in personal):
        return
    unused = [question for question in personal if not question.prefill and question.id not in read]
    yield from (Lint(Kind.UNUSED_PERSONAL_DATA, question.id, question.label) for question in unused[:1])


def _of_question(question: Question, facts: TypeFacts, lengths: Lengths | None) -> Iterator[Lint]:
    label = question.label
    for asked in (label, *_worded(question, "label")):
        if _DOUBLE.search(asked):
            yield Lint(Kind.TWO_QUESTIONS, question.id, asked)
    for hint in (question.hint, *_worded(question, "hint")):
        if link := _LINK.search(hint):
            yield Lint(Kind.LINK_IN_HINT, question.id, hint, link[0])
    if facts.takes_files and not (question.hint or question.why):
        yield Lint(Kind.UPLOAD_WITHOUT_PURPOSE, question.id, label)
    if _is_asked(facts) and not (question.why or question.hint) and (word := _SENSITIVE.search(label)):
        yield Lint(Kind.SENSITIVE_WITHOUT_WHY, question.id, label, word[0])
    yield from _alike(question)
    if lengths and lengths.answers >= ENOUGH_ANSWERS and lengths.near_limit > OVERRUN * lengths.answers:
        detail = f"{lengths.near_limit}/{lengths.answers}"
        yield Lint(Kind.LIMIT_OVERRUN, question.id, label, detail)


def _worded(question: Question, key: str) -> Iterator[str]:
    """What else its label or hint may say."""
    return (variant.words[key] for variant in question.variants if key in variant.words)


def _is_asked(facts: TypeFacts) -> bool:
    return "level" in facts.common


def _alike(question: Question) -> Iterator[Lint]:
    labels = [(option.id, option.label, _bare(option.label)) for option in question.options]
    for place, (id, label, bare) in enumerate(labels):
        for _other, other_label, other_bare in labels[:place]:
            if bare and other_bare and _ratio(bare, other_bare) >= ALIKE:
                yield Lint(Kind.ALIKE_ANSWERS, id, label, other_label)
                break


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    # "Part 1" and "Part 2", "Year 10" and "Year 11": numbers tell them apart at a glance.
    if re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other):
        return 0.0
    return difflib.SequenceMatcher(None, one, other).ratio()


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())


def _read_by_conditions(form: Form) -> frozenset[str]:
    """The questions whose answers are of use in the form: to a condition of whatever kind, to a rule over a page, or as
    the name under which what was added is listed.
    """
    questions = list(form.questions())
    worded: list[Step | Question] = [*form.steps, *questions]
    shown: list[Section | Step | Question] = [*form.sections, *worded]
    conditions = [part.show_if for part in shown]
    conditions += [question.required_if for question in questions]
    conditions += [question.advised_if for question in questions]
    conditions += [option.show_if for question in questions for option in question.options]
    conditions += [variant.when for part in worded for variant in part.variants]
    ruled = {id for step in form.steps for rule in step.rules for id in rule.questions}
    named = {step.group.title_question for step in form.steps if step.group}
    return frozenset(ruled | named).union(*(condition.questions() for condition in conditions if condition))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line is one too."""
    return [part.strip() for part in re.split(r"(?<=[.!?:;])\s+|\n+", text) if part.strip()]


def reading_age(text: str) -> int | None:
    """Years: the automated readability index, rounded up, plus five. None where the text is too short to say.

    The index counts letters a word and words a sentence, no syllables: it needs no dictionary. Senter and Smith
    1967 (AMRL-TR-66-220).
    """
    # What stands in braces becomes a first name or a short word, whatever its own length.
    text = re.sub(r"\{\w+\}", "Ada", text)
    words = re.findall(r"[^\W_][\w’'-]*", text)
    if len(words) < ENOUGH_WORDS:
        return None
    letters = sum(len(word) for word in words)
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / max(1, len(sentences(text))) - 21.43
    return max(5, math.ceil(grade) + 5)


def _plain(html: str) -> str:
    """Rich text without its tags: the end of a paragraph or item ends a line."""
    lines = re.sub(r"</(?:p|li|h\d)>|<br\s*/?>", "\n", html)
    return unescape(re.sub(r"<[^>]+>", "", lines))


# A second clause that asks: "Do you have a car and can you drive?". To add "Why?" asks for more of the same.
_DOUBLE = re.compile(
    r"\?\s*(?!why\?)\w.*\?|\b(?:and|or)\s+(?:do|does|did|is|are|was|were|have|has|can|could|will|would|should|what|"
    r"when|where|who|which|how)\b(?=.*\?)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|<a\s[^>]*>|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net)\b", re.IGNORECASE
)
# What the law counts as special, and what families find hard to say.
_SENSITIVE = re.compile(
    r"\b(?:religio\w+|faith|ethnic\w*|race|nationalit\w+|sex|gender\w*|sexual\w*|pregnan\w+|disabilit\w+|diagnos\w+|"
    r"medic\w+|illness\w*|mental health|health condition\w*|allerg\w+|court|convict\w+|crime\w*|police|"
    r"child protection|social worker|looked after|domestic|abuse\w*|danger|immigration|asylum|income|benefits?|debt\w*|"
    r"national insurance|nhs number|political|politics|trade union\w*|genetic\w*|biometric\w*|fingerprint\w*|hiv)\b",
    re.IGNORECASE,
)
