"""Questions that have more than one line of controls: a table's rows, a grid's cells, the places of a ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.govuk.attributes import attributes
from core.govuk.fields import Field, ForTemplates, Item, Problem

TABLE = "govuk/fields/table.html"
GRID = "govuk/fields/grid.html"
TEXT_OR_FILE = "govuk/fields/text_or_file.html"
RECORD = "govuk/fields/record.html"
RANKING = "govuk/fields/ranking.html"


@dataclass(slots=True, kw_only=True)
class Entry(ForTemplates):
    """One row: its name, and what is asked in it. `id` is that of its name, by which its controls are grouped."""

    id: str
    label: str
    hint: str = ""
    cells: Sequence[Field] = ()


@dataclass(slots=True, kw_only=True)
class TableField(Field):
    """A question that is asked row by row. `headings` stand above the cells where there is room for a table."""

    headings: Sequence[str] = ()
    entries: Sequence[Entry] = ()

    @property
    def is_broad(self) -> bool:
        """Whether a table of it needs more room than most."""
        return len(self.headings) > 3

    @property
    def focus_id(self) -> str:
        """Its first control."""
        return next((cell.focus_id for entry in self.entries for cell in entry.cells), self.id)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the whole, then with each cell."""
        if self.error:
            yield self.focus_id, self.error
        for entry in self.entries:
            for cell in entry.cells:
                yield from cell.problems()


@dataclass(slots=True, kw_only=True)
class GridRow(ForTemplates):
    """One row of tick boxes, posted under `name`. The first box is `name` by its id too."""

    name: str
    label: str
    hint: str = ""
    error: str = ""
    items: Sequence[Item] = ()

    def __post_init__(self) -> None:
        for number, item in enumerate(self.items, start=1):
            item.id = self.name if number == 1 else f"{self.name}-{number}"
            item.name = self.name

    @property
    def group_attributes(self) -> SafeString:
        """Of the row, with what is said of it: hint, then error."""
        said = (("hint", self.hint), ("error", self.error))
        ids = " ".join(f"{self.name}-{what}" for what, there in said if there)
        return attributes((("aria-describedby", ids),))


@dataclass(slots=True, kw_only=True)
class GridField(Field):
    """Tick boxes in rows and columns."""

    headings: Sequence[str] = ()
    entries: Sequence[GridRow] = ()

    @property
    def is_broad(self) -> bool:
        return len(self.headings) > 7

    @property
    def focus_id(self) -> str:
        return self.entries[0].name if self.entries else self.id

    def problems(self) -> Iterator[Problem]:
        if self.error:
            yield self.focus_id, self.error
        yield from ((entry.name, entry.error) for entry in self.entries if entry.error)


@dataclass(slots=True, kw_only=True)
class RankingField(TableField):
    """Places in order, each a choice and what is asked of it."""

    @property
    def is_broad(self) -> bool:
        """Whether more is asked of a choice: then each place is a card, however much room there is."""
        return any(len(entry.cells) > 1 for entry in self.entries)


@dataclass(slots=True, kw_only=True)
class RecordField(Field):
    """A choice from records: words to look for, what was found, and what is in no list. `items` are what was found.

    `question` is what the button "Search" sends; `url` (empty: nowhere) answers with what is found while typing.
    `none` is the answer that there is no such thing, where that can be said.
    """

    found: str = ""  # in words, "" before anything was looked for
    other: Item
    none: Item | None = None
    url: str = ""

    @property
    def focus_id(self) -> str:
        """The box to search in."""
        return self.id

    def problems(self) -> Iterator[Problem]:
        if self.error:
            yield self.id, self.error
        if self.other.checked:
            for follow_up in self.other.reveals:
                yield from follow_up.problems()


@dataclass(slots=True, kw_only=True)
class AddressField(Field):
    """The boxes of an address. `finds`: the first is the postcode, and its button looks up the addresses with it.

    `items` are those that were found, `found` says how many, or why none. `question` is what the buttons send.
    """

    finds: bool = False
    found: str = ""


@dataclass(slots=True, kw_only=True)
class TextOrFileField(Field):
    """A question that is answered in a box or with files: each a field of its own."""

    text: Field
    upload: Field

    @property
    def focus_id(self) -> str:
        return self.text.id

    def problems(self) -> Iterator[Problem]:
        if self.error:
            yield self.text.id, self.error
        yield from self.text.problems()
