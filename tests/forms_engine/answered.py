"""A form with an answer to each of its questions, whatever its conditions say: for what shows answers."""

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from core.dates import today
from forms_engine.definition import build
from forms_engine.rules.journey import StepStore, Store, walk
from forms_engine.spec import Form, Question, Step
from forms_engine.tree import Stored, Tree, of_journey
from forms_engine.types import question_types, takes_files
from forms_engine.wording import wording_for

Json = dict[str, Any]

# By type. Those that choose among the question's own parts are worked out from these.
VALUES: Json = {
    "short_text": "Oakfield",
    "long_text": "She reads well.\nShe needs quiet.",
    "date": "2019-05-03",
    "month": "2026-09",
    "time": "14:30",
    "number": 12,
    "money": "1234.50",
    "full_name": "Sam Parent",
    "email": "sam.parent@example.org",
    "phone": "+441632960001",
    "address": {
        "line1": "1 High Street",
        "line2": "",
        "town": "Oldtown",
        "county": "",
        "postcode": "MB1 4QT",
    },
    "postcode": "MB1 4QT",
    "nhs_number": "9434765919",
    "upn": "H801200001001",
    "reference": "EHC-1234",
    "calculated": 12,
    "record": {
        "id": "1",
        "words": "Oakfield School",
        "detail": "Oldtown",
        "note": "The law lets you ask for it",
    },
    "text_or_file": {"text": "She reads well.", "files": []},
    "declaration": "yes",
    "yes_no": "yes",
    "signature": {"name": "Sam Parent", "day": "2026-10-20"},
}


class Paper(NamedTuple):
    """A file of an answer."""

    pk: str
    name: str
    size: int
    sha256: str


def answered(data: Json) -> Tree:
    """The tree of the form `data`, with every question of it asked and answered; groups have two items."""
    form = build(unconditional(data))
    journey = walk(form, _store(form), today())
    wording = wording_for({"child": "Ada"})
    return of_journey(journey, wording, lambda step, item, question: _files(form.question(question)))


def unconditional(data: Json) -> Json:
    """The form without what hides parts of it, and without rules that no two answers could fulfil."""

    def stripped(part: Any) -> Any:
        if isinstance(part, list):
            return [stripped(each) for each in part]
        if not isinstance(part, dict):
            return part
        hiding = {"show_if", "required_if", "advised_if", "variants", "rules", "reveals", "exclusive"}
        return {key: stripped(each) for key, each in part.items() if key not in hiding}

    made: Json = stripped(copy.deepcopy(data))
    return made


def _files(question: Question) -> Iterator[Stored]:
    if takes_files(question):
        yield Paper(f"{question.id}-1", "report.pdf", 4096, "0" * 64)


def _store(form: Form) -> Store:
    store: dict[tuple[str, str], StepStore] = {}
    for step in form.steps:
        page = StepStore(_page(step))
        items = ("1", "2") if step.is_group else ()
        store[step.id, ""] = StepStore(items=items) if items else page
        store |= {(step.id, item): page for item in items}
    return store


def _page(step: Step) -> Json:
    values = {question.id: value_of(question) for question in step.questions}
    return {id: value for id, value in values.items() if value is not None}


def value_of(question: Question) -> Any:
    """An answer as rules and pages have it; None where the question asks nothing, or its answer is files."""
    ids = [option.id for option in question.options] or list(question_types.get(question.type).own_options)
    if question.type == "any_of":
        return ids[:2]
    if question.type in ("one_of", "one_of_many"):
        return ids[0]
    if question.type == "grid":
        return {row.id: [question.columns[0].id] for row in question.rows}
    if question.type == "table":
        return {row.id: _cells(question) for row in question.rows}
    if question.type == "ranking":
        return [{"option": id, "answers": _cells(question)} for id in ids[:2]]
    return VALUES.get(question.type)


def _cells(question: Question) -> Json:
    return {column.id: value_of(column) for column in question.columns}
