"""A question moved to another page of its form, or a page to another section. Pure, on the JSON.

Ids stay, so conditions and answers hold on to what was moved. What a move breaks (a condition that now reads a later
page) is left as it is: the checks name it, and nothing is lost.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]


class NoSuchPlace(LookupError):
    """There is nothing of that id to move, or no such place to move it to."""


def questions_of(data: Mapping[str, Any]) -> Iterator[tuple[Json, Json]]:
    """Each page with each of its questions, in order."""
    for section in data["sections"]:
        for step in section["steps"]:
            for question in step.get("questions", ()):
                yield step, question


def move_question(data: Json, id: str, step_id: str) -> None:
    """Put a question at the end of the page `step_id`, with the follow-ups that it opens. Raises NoSuchPlace."""
    steps = {step["id"]: step for section in data["sections"] for step in section["steps"]}
    here = next(((step, question) for step, question in questions_of(data) if question["id"] == id), None)
    if here is None or step_id not in steps:
        raise NoSuchPlace(id)
    step, question = here
    opened = {each for option in question.get("options", ()) for each in option.get("reveals", ())}
    moved = [each for each in step["questions"] if each["id"] == id or each["id"] in opened]
    step["questions"] = [each for each in step["questions"] if each not in moved]
    steps[step_id]["questions"] = [*steps[step_id].get("questions", ()), *moved]


def move_step(data: Json, id: str, section_id: str) -> None:
    """Put a page at the end of the section `section_id`, before a page that sends the form. Raises NoSuchPlace."""
    sections = {section["id"]: section for section in data["sections"]}
    found = ((section, step) for section in data["sections"] for step in section["steps"] if step["id"] == id)
    here = next(found, None)
    if here is None or section_id not in sections:
        raise NoSuchPlace(id)
    section, step = here
    section["steps"].remove(step)
    steps = sections[section_id]["steps"]
    ends = bool(steps) and steps[-1]["kind"] == "check" and step["kind"] != "check"
    steps.insert(len(steps) - 1 if ends else len(steps), step)
