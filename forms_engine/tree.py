"""The answers of a form, each with the words it was asked in: one tree for check answers, print, PDF and keeping."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

from forms_engine.rules.journey import Journey, Page, PathStep
from forms_engine.rules.known import Holds
from forms_engine.spec import STAFF, Level, PrefillMode, Question, Section, Step
from forms_engine.types import asking, question_types, takes_files
from forms_engine.types.base import Table, Wording


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
    table: Table | None = None  # the same as `said`, where it is one
    is_fixed: bool = False  # our own answer, which people cannot change
    readers: str = ""  # the circle of those who alone may read it


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

    def without(self, hidden: Callable[[str], bool]) -> "Tree":
        """The tree without the rows whose circle of readers `hidden` says to leave out; parts left empty go too."""
        parts = [_part_without(section, hidden) for section in self.sections]
        return Tree(self.title, tuple(part for part in parts if part.rows or part.is_group))

    def rows(self) -> Iterator[Row]:
        """All rows, those of items too, in order."""
        for section in self.sections:
            yield from section.rows
            for item in section.items:
                yield from item.rows


def _part_without(section: TreeSection, hidden: Callable[[str], bool]) -> TreeSection:
    items = tuple(replace(item, rows=_rows_without(item.rows, hidden)) for item in section.items)
    return replace(section, rows=_rows_without(section.rows, hidden), items=items)


def _rows_without(rows: tuple[Row, ...], hidden: Callable[[str], bool]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not row.readers or not hidden(row.readers))


def of_journey(journey: Journey, wording: Wording, files_at: FilesAt, held: Mapping[str, Any] = {}) -> Tree:
    """The answers on the path of `journey`. `held`: question id -> what its source knew, as it would be typed."""
    writer = _Writer(wording, files_at, held, journey.today)
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
            _table_from(row.get("table")),
            row.get("is_fixed", False),
            row.get("readers", ""),
        )
        for row in data
    )


def _table_from(data: Mapping[str, Any] | None) -> Table | None:
    return Table(tuple(data["headers"]), tuple(tuple(row) for row in data["rows"])) if data else None


@dataclass(frozen=True)
class _Writer:
    wording: Wording
    files_at: FilesAt
    held: Mapping[str, Any]
    today: date

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
            if question_types.get(question.type).holds is Holds.NOTHING:
                continue
            if question.calculation and id not in page.values:
                continue  # nobody left it out: something else is missing
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
            self.asked(question),
            (
                *self.said(question, value),
                *self.corrected(question, value),
                *self.no_file(page, question),
                *(file.name for file in files),
            ),
            self.answered(page, question),
            files,
            asking.table(question, value, self.wording),
            readers=question.readers,
            is_fixed=question.prefill_mode is PrefillMode.FIXED and value == self.known(question) is not None,
        )

    def asked(self, question: Question) -> str:
        label = self.wording(question.label)
        return _("%(question)s (for staff)") % {"question": label} if question.readers == STAFF else label

    def no_file(self, page: Page, question: Question) -> tuple[str, ...]:
        """What to say where a file may be left out, and was."""
        is_left_out = takes_files(question) and self.answered(page, question) is Answered.EMPTY
        return (_("No file"),) if is_left_out else ()

    def known(self, question: Question) -> Any:
        """What the source of a question knew, as it would count. None: nothing."""
        return asking.clean(question, self.held.get(question.id), self.today).value

    def corrected(self, question: Question, value: Any) -> tuple[str, ...]:
        """What to say of an answer that is not what we held."""
        if question.prefill_mode is not PrefillMode.CORRECT or value is None:
            return ()
        known = self.known(question)
        if known is None or known == value:
            return ()
        return (_("Corrected. We held: %(held)s") % {"held": ", ".join(self.said(question, known))},)

    def said(self, question: Question, value: Any) -> tuple[str, ...]:
        return tuple(asking.nodes(question, value, self.wording))

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
