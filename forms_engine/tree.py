"""The answers of a form, each with the words it was asked in: one tree for check answers, print, PDF and keeping."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

from forms_engine.rules.journey import Journey, Page, PathStep
from forms_engine.rules.known import Holds
from forms_engine.spec import Level, Question, Section, Step
from forms_engine.types import question_types
from forms_engine.types.base import Wording


class Answered(StrEnum):
    """How a question stands."""

    GIVEN = "given"
    EMPTY = "empty"
    ADVISED = "advised"  # empty, and it would help to have it
    MISSING = "missing"  # empty, and nobody can send the form without it
    INVALID = "invalid"  # something was typed that cannot stand


class Stored(Protocol):
    """A stored file, as `Upload` and `SubmissionFile` are."""

    pk: Any
    name: str
    size: int
    sha256: str


# (step id, item id or "", question id) -> the files that were added there.
FilesAt = Callable[[str, str, str], Iterable[Stored]]


@dataclass(frozen=True)
class TreeFile:
    """A file of an answer. `size` is in bytes."""

    id: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Row:
    """One question and its answer, a text a line; the names of files are among them."""

    question_id: str
    step_id: str
    item: str
    asked: str
    said: tuple[str, ...]
    state: Answered
    files: tuple[TreeFile, ...] = ()


@dataclass(frozen=True)
class TreeItem:
    """One item of a repeating group."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TreeSection:
    """A part of the form under one heading, of one of its sections. A repeating group stands by itself.

    What is asked on the step that sends the form is here too: a declaration belongs to what was sent.
    """

    id: str
    step_id: str  # where it begins
    title: str
    rows: tuple[Row, ...] = ()
    items: tuple[TreeItem, ...] = ()
    is_group: bool = False


@dataclass(frozen=True)
class Tree:
    title: str
    sections: tuple[TreeSection, ...]

    def rows(self) -> Iterator[Row]:
        """All rows, those of items too, in order."""
        for section in self.sections:
            yield from section.rows
            for item in section.items:
                yield from item.rows


def of_journey(journey: Journey, wording: Wording, files_at: FilesAt) -> Tree:
    """The answers on the path of `journey`."""
    writer = _Writer(wording, files_at)
    sections = [part for state in journey.sections for part in writer.section(state.section, state.steps)]
    return Tree(wording(journey.form.title), tuple(sections))


def to_json(tree: Tree) -> dict[str, Any]:
    """The tree as it is kept with a submission."""
    return asdict(tree)


def from_json(data: Mapping[str, Any]) -> Tree:
    """The tree that `to_json` wrote."""
    return Tree(data["title"], tuple(_section_from(section) for section in data["sections"]))


def _section_from(data: Mapping[str, Any]) -> TreeSection:
    items = tuple(TreeItem(item["id"], item["title"], _rows_from(item["rows"])) for item in data["items"])
    return TreeSection(
        data["id"], data["step_id"], data["title"], _rows_from(data["rows"]), items, data["is_group"]
    )


def _rows_from(data: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(
        Row(
            row["question_id"],
            row["step_id"],
            row["item"],
            row["asked"],
            tuple(row["said"]),
            Answered(row["state"]),
            tuple(TreeFile(**file) for file in row["files"]),
        )
        for row in data
    )


@dataclass(frozen=True)
class _Writer:
    wording: Wording
    files_at: FilesAt

    def section(self, section: Section, steps: Iterable[PathStep]) -> Iterator[TreeSection]:
        """One part under the section's title. Behind a repeating group, each step is a part under its own."""
        waiting = list(steps)
        groups = [place for place, path_step in enumerate(waiting) if path_step.step.is_group]
        together = groups[0] if groups else len(waiting)
        yield from self.part(section, section.title, waiting[:together])
        for path_step in waiting[together:]:
            if path_step.step.is_group:
                yield self.group(section, path_step)
            else:
                yield from self.part(section, path_step.step.title, [path_step])

    def part(self, section: Section, title: str, steps: Iterable[PathStep]) -> Iterator[TreeSection]:
        rows = tuple(row for path_step in steps for row in self.rows(path_step.step, path_step.page))
        if rows:
            yield TreeSection(section.id, rows[0].step_id, self.wording(title), rows)

    def group(self, section: Section, path_step: PathStep) -> TreeSection:
        step = path_step.step
        items = tuple(
            TreeItem(page.item, self.item_title(step, page, number), tuple(self.rows(step, page)))
            for number, page in enumerate(path_step.items, start=1)
        )
        return TreeSection(section.id, step.id, self.wording(step.title), (), items, is_group=True)

    def item_title(self, step: Step, page: Page, number: int) -> str:
        """ "School 2: Oakfield Primary School" """
        group = step.group
        name = self.wording(group.item_name) if group and group.item_name else _("answer")
        words = {"name": name[:1].upper() + name[1:], "number": number}
        titled = step.questions_by_id.get(group.title_question) if group else None
        said = self.said(titled, page.values.get(titled.id)) if titled else ()
        if not said:
            return _("%(name)s %(number)s") % words
        return _("%(name)s %(number)s: %(title)s") % {**words, "title": said[0]}

    def rows(self, step: Step, page: Page) -> Iterator[Row]:
        for id in page.asked:
            question = step.questions_by_id[id]
            if question_types.get(question.type).holds is not Holds.NOTHING:
                yield self.row(step, page, question)

    def row(self, step: Step, page: Page, question: Question) -> Row:
        value = page.values.get(question.id)
        files = tuple(
            TreeFile(str(file.pk), file.name, file.size, file.sha256)
            for file in self.files_at(step.id, page.item, question.id)
        )
        return Row(
            question.id,
            step.id,
            page.item,
            self.wording(question.label),
            tuple(file.name for file in files) or self.said(question, value),
            self.answered(page, question),
            files,
        )

    def said(self, question: Question, value: Any) -> tuple[str, ...]:
        return tuple(question_types.get(question.type).nodes(question, value, self.wording))

    def answered(self, page: Page, question: Question) -> Answered:
        if question.id in page.values:
            return Answered.GIVEN
        if question.id in page.invalid:
            return Answered.INVALID
        return _EMPTY[question.level]


_EMPTY = {
    Level.REQUIRED: Answered.MISSING,
    Level.ADVISED: Answered.ADVISED,
    Level.OPTIONAL: Answered.EMPTY,
}
