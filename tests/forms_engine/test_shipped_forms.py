"""Every form that we ship is sound, and says what it says as well as we can."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms_engine import richtext
from forms_engine.definition import build, find_faults, known, to_json
from forms_engine.rules.lints import find
from forms_engine.spec import Form

FILES = sorted((Path(__file__).parents[2] / "fixtures" / "forms").glob("*.json"))

pytestmark = [
    pytest.mark.capability("B31"),
    pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem),
]


def read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


def test_it_is_sound_and_nothing_about_it_could_be_better(file: Path) -> None:
    assert find_faults(read(file)) == []
    assert find(build(read(file)), known()) == []


def test_the_file_is_named_and_written_as_the_command_would_write_it(file: Path) -> None:
    data = read(file)
    assert {key: value for key, value in data.items() if key != "$schema"} == to_json(build(data))
    assert data["slug"] == file.stem


def test_it_begins_with_a_notice_that_is_shipped_with_it_and_says_all_that_the_law_asks(file: Path) -> None:
    notice = read(file.parents[1] / "notices" / f"{read(file)['notice']}.json")
    assert notice["slug"] == read(file)["notice"]
    assert re.findall("<h3>(.*?)</h3>", notice["text"]) == [
        "Who holds it",
        "Why, and why we may",
        "Who sees it",
        "How long we keep it",
        "Your rights",
        "If you are not happy",
    ]
    assert all(len(line.split()) <= 26 for line in re.split(r"(?<=[.?:])\s+", plain(notice["text"])))


def test_no_sentence_begins_with_a_name_that_may_be_your_child(file: Path) -> None:
    texts = list(wordings(build(read(file))))
    sentences = [sentence.strip("• ") for text in texts for sentence in re.split(r"(?<=[.?:])\s+", text)]
    small = ("{child}", "{you_or_child}", "{your_or_childs}", "{are_or_is}", "{do_or_does}", "{have_or_has}")
    assert [sentence for sentence in sentences if sentence.startswith(small)] == []


def plain(text: str) -> str:
    return " ".join(richtext.plain(text))


def wordings(form: Form) -> Iterator[str]:
    """Everything that a family reads, a paragraph a text."""
    yield from (form.title, form.intro, *richtext.plain(form.submitted))
    yield from (section.title for section in form.sections)
    for step in form.steps:
        yield step.title
        for question in step.questions:
            yield from (question.label, question.hint, question.error, *question.why.split("\n\n"))
            yield from richtext.plain(question.config.get("text", ""))
            yield from (words for option in question.options for words in (option.label, option.hint))
