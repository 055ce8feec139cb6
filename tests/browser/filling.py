"""Fills in any form there is in a browser: page by page, each question by its type, from its first page to its receipt.

What a path chooses is given; everything else is made up from the question's id, so that one path always says the same.
"""

import datetime as dt
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from core.dates import today
from forms_engine.spec import Form, Question, Step, StepKind
from forms_engine.types.files import kinds_of
from tests.browser.portal import Visitor

OTHER = "other"  # of a record: it is not in the list
SENTENCE = "She likes small rooms, and a calm start to the day."
ADDRESS = {"line1": "1 Mill Lane", "line2": "", "town": "Milton Cross", "county": "", "postcode": "MB1 4QT"}
NUMBERS = {
    "nhs-number": "9434765919",
    "chi-number": "0101010007",
    "upn": "P207000016049",
    "ni-number": "AB123456C",
}
NUMBERS |= {"scn": "123456789"}


@dataclass(frozen=True)
class Way:
    """How a form is filled in. `answers`: question id -> what is chosen there, as the definition names it; a tuple
    has one answer for each item of a repeating group. `items`: step id -> how many there are, 1 if not said.

    `only_needed` leaves out whatever may be left out and is not among the answers.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    only_needed: bool = False


class Filler:
    """Somebody at the first page of a form, who fills it in. `papers`: a file of each kind that the form takes.

    `seen` holds the ids of the steps that were asked.
    """

    def __init__(
        self, visitor: Visitor, form: Form, way: Way, papers: Mapping[str, Path], *, scripts: bool
    ) -> None:
        self.visitor, self.page, self.form, self.way = visitor, visitor.page, form, way
        self.papers, self.scripts = papers, scripts
        self.seen: list[str] = []

    def to_the_receipt(self) -> None:
        while (step := self._step()).kind is not StepKind.CHECK:
            self.seen.append(step.id)
            self._look()
            if step.kind is StepKind.GROUP:
                self._items(step)
            else:
                self._answer(step)
            self._continue()
        self.seen.append(step.id)
        self._look()
        self._answer(step)
        self._continue("Submit")
        expect(self.page.get_by_role("heading", name="Form sent")).to_be_visible()
        self._look()

    def _step(self) -> Step:
        """The step whose page is open; from the list of sections, that of the first that is not completed."""
        if self.page.locator(".govuk-task-list").count():
            self._look()
            undone = self.page.locator(".govuk-task-list__item--with-link").filter(has_not_text="Completed")
            with self.page.expect_navigation():
                undone.first.get_by_role("link").click()
        return self.form.steps_by_id[self.page.url.rstrip("/").rsplit("/", 1)[-1]]

    def _look(self) -> None:
        # axe-core runs as a script of the page.
        if self.scripts:
            self.visitor.accessible()

    def _continue(self, button: str = "Continue") -> None:
        with self.page.expect_navigation():
            self.page.locator(".buttons").get_by_role("button", name=button, exact=True).click()
        wrong = self.page.locator(".govuk-error-summary")
        assert wrong.count() == 0, f"{self.page.url}: {wrong.inner_text()}"

    def _items(self, step: Step) -> None:
        for place in range(self.way.items.get(step.id, 0 if self.way.only_needed else 1)):
            with self.page.expect_navigation():
                self.page.locator("#add").click()
            if place == 0:
                self._look()
            self._answer(step, place)
            self._continue()

    def _answer(self, step: Step, place: int = 0) -> None:
        for question in step.questions:
            answer = self.way.answers.get(question.id)
            if isinstance(answer, tuple):
                answer = answer[place] if place < len(answer) else None
            may_stay_empty = self.way.only_needed and question.level != "required"
            if (answer is None and may_stay_empty) or question.prefill_mode == "fixed":
                continue
            FILLERS[question.type](self, question, f"q-{question.id}", answer)

    def is_open(self, control: Locator) -> bool:
        """Whether a question is asked: neither left out, nor a follow-up of an answer that was not chosen."""
        return control.count() > 0 and control.first.locator("xpath=ancestor::*[1]").is_visible()

    def made_up(self, question: Question) -> random.Random:
        return random.Random(question.id)  # noqa: S311 - the same at each run


Fill = Callable[[Filler, Question, str, Any], None]


def text(make: Callable[[Question], str]) -> Fill:
    def fill(filler: Filler, question: Question, name: str, answer: Any) -> None:
        box = filler.page.locator(f'[name="{name}"]')
        if filler.is_open(box) and (answer is not None or not question.prefill or not box.input_value()):
            box.fill(make(question) if answer is None else str(answer))

    return fill


def parts(make: Callable[[Question, Any], Mapping[str, str]]) -> Fill:
    """A question with several boxes, each named after its part."""

    def fill(filler: Filler, question: Question, name: str, answer: Any) -> None:
        for part, typed in make(question, answer).items():
            box = filler.page.locator(f'[name="{name}-{part}"]')
            if filler.is_open(box) and (answer is not None or not question.prefill or not box.input_value()):
                box.fill(typed)

    return fill


def choice(filler: Filler, question: Question, name: str, answer: Any) -> None:
    offered = filler.page.locator(f'[name="{name}"]')
    if not filler.is_open(offered):
        return
    if answer is None:
        answer = filler.made_up(question).choice([each.get_attribute("value") for each in offered.all()])
    filler.page.locator(f'[name="{name}"][value="{answer}"]').check()


def choices(filler: Filler, question: Question, name: str, answer: Any) -> None:
    offered = filler.page.locator(f'[name="{name}"]')
    if not filler.is_open(offered):
        return
    together = [option.id for option in question.options if not option.exclusive]
    for value in together[:2] if answer is None else answer:
        filler.page.locator(f'[name="{name}"][value="{value}"]').check()


def from_a_long_list(filler: Filler, question: Question, name: str, answer: Any) -> None:
    select = filler.page.locator(f'select[name="{name}"]')
    if not select.count() or not filler.is_open(select.locator("xpath=..")):
        return
    option = next(each for each in question.options if answer in (None, each.id))
    if not filler.scripts:
        select.select_option(option.id)
        return
    box = filler.page.locator(f'[id="{name}"]')
    box.fill(option.label)
    filler.page.get_by_role("option", name=option.label, exact=True).first.click()


def record(filler: Filler, question: Question, name: str, answer: Any) -> None:
    """`answer` is what to search for; OTHER stands for what is in no list."""
    search = filler.page.locator(f'[name="{name}-find"]')
    if not filler.is_open(search):
        return
    if answer == OTHER:
        filler.page.locator(f'[name="{name}"][value="{OTHER}"]').check()
        filler.page.locator(f'[name="{name}-name"]').fill("Willow House School")
        return
    search.fill(answer or "Oakfield")
    found = filler.page.locator(f'.records__found [name="{name}"]')
    if not filler.scripts:
        with filler.page.expect_navigation():
            filler.page.locator(f'button[name="find"][value="{question.id}"]').click()
    found.first.check()


def file(filler: Filler, question: Question, name: str, answer: Any) -> None:
    chooser = filler.page.locator(f'input[type=file][name="{name}"]')
    if filler.is_open(chooser):
        chooser.set_input_files(
            next(filler.papers[kind] for kind in kinds_of(question) if kind in filler.papers)
        )


def text_or_file(filler: Filler, question: Question, name: str, answer: Any) -> None:
    FILLERS["long_text"](filler, question, f"{name}-text", answer)


def tick(filler: Filler, question: Question, name: str, answer: Any) -> None:
    box = filler.page.locator(f'[name="{name}"]')
    if filler.is_open(box) and answer != "no":
        box.check()


def table(filler: Filler, question: Question, name: str, answer: Any) -> None:
    """Fills in the first row."""
    _cells(filler, question, f"{name}--{question.rows[0].id}", answer)


def grid(filler: Filler, question: Question, name: str, answer: Any) -> None:
    """Ticks the first box of the first row. `answer`: row -> columns."""
    for row, columns in (answer or {question.rows[0].id: [question.columns[0].id]}).items():
        for column in columns:
            box = filler.page.locator(f'[name="{name}--{row}"][value="{column}"]')
            if filler.is_open(box):
                box.check()


def ranking(filler: Filler, question: Question, name: str, answer: Any) -> None:
    """Puts the options of `answer`, or the first, at the first places."""
    for place, option in enumerate(answer or [question.options[0].id], start=1):
        select = filler.page.locator(f'[name="{name}--{place}"]')
        if filler.is_open(select):
            select.select_option(option)
            _cells(filler, question, f"{name}--{place}", None)


def _cells(filler: Filler, question: Question, name: str, answer: Any) -> None:
    for column in question.columns:
        FILLERS[column.type](filler, column, f"{name}--{column.id}", (answer or {}).get(column.id))


def nothing(filler: Filler, question: Question, name: str, answer: Any) -> None:
    """A text to read, or a number that the page works out."""


def _number(question: Question) -> str:
    return str(min(question.config.get("maximum", 3), max(question.config.get("minimum", 3), 3)))


def _day(question: Question) -> str:
    """A day that fits the question's limits, in ISO form."""
    config = question.config
    day = today() + dt.timedelta(days=40 if config.get("when") in ("future", "not-past") else -400)
    return str(max(config.get("earliest", ""), min(config.get("latest", "9999-12-31"), day.isoformat())))


def _day_parts(question: Question, answer: Any) -> Mapping[str, str]:
    year, month, day = (answer or _day(question)).split("-")
    return {"day": day, "month": month, "year": year}


def _month_parts(question: Question, answer: Any) -> Mapping[str, str]:
    year, month = (answer or _day(question)).split("-")[:2]
    return {"month": month, "year": year}


def _reference(question: Question) -> str:
    return NUMBERS.get(question.config.get("shape", "")) or str(question.config.get("example", ""))


def _line(question: Question) -> str:
    words = f"Answer to {re.sub('[^a-z]+', ' ', question.id)}"
    return words[: question.config.get("max_length", 200)].strip()


FILLERS: Mapping[str, Fill] = {
    "short_text": text(_line),
    "long_text": text(lambda question: SENTENCE),
    "full_name": text(lambda question: "Robin Hill"),
    "signature": text(lambda question: "Robin Hill"),
    "email": text(lambda question: "robin.hill@example.org"),
    "phone": text(lambda question: "01632 960 001"),
    "postcode": text(lambda question: ADDRESS["postcode"]),
    "nhs_number": text(lambda question: NUMBERS["nhs-number"]),
    "upn": text(lambda question: NUMBERS["upn"]),
    "reference": text(_reference),
    "number": text(_number),
    "money": text(_number),
    "time": text(lambda question: "2.30pm"),
    "date": parts(_day_parts),
    "month": parts(_month_parts),
    "address": parts(lambda question, answer: answer or ADDRESS),
    "yes_no": choice,
    "one_of": choice,
    "one_of_many": from_a_long_list,
    "any_of": choices,
    "record": record,
    "file": file,
    "media": file,
    "text_or_file": text_or_file,
    "declaration": tick,
    "table": table,
    "grid": grid,
    "ranking": ranking,
    "calculated": nothing,
    "guidance": nothing,
    "warning": nothing,
}
