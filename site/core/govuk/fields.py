"""One question as its template sees it, whoever asks it: the form engine or a Django form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

INPUT = "govuk/fields/input.html"
TEXTAREA = "govuk/fields/textarea.html"
PASSWORD = "govuk/fields/password.html"  # noqa: S105 (a template, no secret)
RADIOS = "govuk/fields/radios.html"
CHECKBOXES = "govuk/fields/checkboxes.html"
CHECKBOX = "govuk/fields/checkbox.html"
DATE = "govuk/fields/date.html"
ADDRESS = "govuk/fields/address.html"
SELECT = "govuk/fields/select.html"
FILE = "govuk/fields/file.html"
GUIDANCE = "govuk/fields/guidance.html"

# The words of a summary's link, and the id of the control that it focuses.
Problem = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Item:
    """One answer to choose. `reveals` are the questions that open under it, one level deep."""

    value: str
    label: str
    hint: str = ""
    checked: bool = False
    divider: str = ""  # a word above it, such as "or"
    reveals: "Sequence[Field]" = ()
    id: str = ""  # given by its field


@dataclass(slots=True, kw_only=True)
class Part:
    """One box of a question that has several: the day of a date, the town of an address."""

    id: str
    name: str
    label: str
    value: str = ""
    # What is wrong with this box. A date marks its boxes with it, and says it once, in its field's `error`.
    error: str = ""
    width: int | None = None
    autocomplete: str = ""
    optional: bool = False


@dataclass(slots=True, kw_only=True)
class FileRow:
    """A file that was added. `said` is the state of its virus check in words, `size` is in bytes."""

    id: str
    name: str
    size: int
    scan: str = "waiting"  # as in PrivateFile.Scan
    said: str = ""
    url: str = ""


@dataclass(slots=True, kw_only=True)
class Field:
    """One question. `id` is that of its first control, which the label and the error summary point at.

    All texts are plain text, escaped by the template; `nodes` (guidance alone) are checked rich text.
    """

    template: str
    id: str
    name: str
    label: str
    hint: str = ""
    error: str = ""
    value: str = ""
    optional: bool = False
    why: str = ""  # why we ask; an empty line parts paragraphs
    page_heading: bool = False  # the label is the page's h1
    size: str = "s"  # of the label: "s", "m", "l" or "" for plain
    items: Sequence[Item] = ()
    parts: Sequence[Part] = ()
    # Text boxes
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    width: int | None = None  # characters: 2, 3, 4, 5, 10, 20 or 30
    css: str = ""
    spellcheck: bool = True
    rows: int = 5
    max_length: int | None = None
    max_words: int | None = None
    # A single tick box, and radios in one row
    checked: bool = False
    inline: bool = False
    # Files. `question` is what the buttons "Add this file" and "Remove" send.
    question: str = ""
    files: Sequence[FileRow] = ()
    accept: str = ""
    full: bool = False  # no more files can be added
    # Guidance
    nodes: Sequence[object] = ()

    def __post_init__(self) -> None:
        for number, item in enumerate(self.items, start=1):
            item.id = item.id or (self.id if number == 1 else f"{self.id}-{number}")

    @property
    def limit(self) -> int | None:
        return self.max_words or self.max_length

    @property
    def limit_text(self) -> str:
        """ "5,000"."""
        return f"{self.limit:,}"

    @property
    def described_by(self) -> str:
        """Ids for `aria-describedby`, in the order in which they are heard: hint, error, count."""
        said = (("hint", self.hint), ("error", self.error), ("info", self.limit))
        return " ".join(f"{self.id}-{what}" for what, there in said if there)

    @property
    def focus_id(self) -> str:
        """The control to go to when this question has a problem: its first bad box, or its first control."""
        boxes = [part.id for part in self.parts if part.error] or [part.id for part in self.parts]
        return boxes[0] if boxes else self.id

    def problems(self) -> Iterator[Problem]:
        """(id, message) for the error summary, with those of the follow-ups that are open."""
        if self.error:
            yield self.focus_id, self.error
        else:
            yield from ((part.id, part.error) for part in self.parts if part.error)
        for item in self.items:
            if item.checked:
                for follow_up in item.reveals:
                    yield from follow_up.problems()


def problems(fields: Sequence[Field]) -> list[Problem]:
    """What stands in a page's error summary, in the order of its questions."""
    return [problem for field in fields for problem in field.problems()]


def date_parts(
    field_id: str, name: str, values: Sequence[str], bad: Sequence[str] = (), autocomplete: str = ""
) -> list[Part]:
    """Day, month and year, with ids `<field_id>-day` and names `<name>-day`. `bad` are the parts to mark."""
    labels = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))
    return [
        Part(
            id=f"{field_id}-{part}",
            name=f"{name}-{part}",
            label=str(label),
            value=value,
            width=width,
            error=part if part in bad else "",
            autocomplete=f"{autocomplete}-{part}" if autocomplete else "",
        )
        for (part, label, width), value in zip(labels, values, strict=True)
    ]
