"""One question as its template sees it, whoever asks it: the form engine or a Django form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.govuk.attributes import attributes

INPUT = "govuk/fields/input.html"
AFFIXED = "govuk/fields/affixed.html"
TEXTAREA = "govuk/fields/textarea.html"
PASSWORD = "govuk/fields/password.html"  # noqa: S105 (a template, no secret)
RADIOS = "govuk/fields/radios.html"
CHECKBOXES = "govuk/fields/checkboxes.html"
CHECKBOX = "govuk/fields/checkbox.html"
DATE = "govuk/fields/date.html"
ADDRESS = "govuk/fields/address.html"
SELECT = "govuk/fields/select.html"
AUTOCOMPLETE = "govuk/fields/autocomplete.html"  # a select for a list too long to look through
FILE = "govuk/fields/file.html"
CALCULATED = "govuk/fields/calculated.html"
GUIDANCE = "govuk/fields/guidance.html"
KNOWN = "govuk/fields/known.html"  # an answer that we hold, to read
WITH_TICK = "govuk/fields/with_tick.html"  # any other, and the tick of those to whom it does not apply
WARNING = "govuk/fields/warning.html"

# The words of a summary's link, and the id of the control that it focuses.
Problem = tuple[str, str]


class ForTemplates:
    """A template asks for an item before an attribute: to answer at once saves it an exception each time."""

    __slots__ = ()

    # Not a method in Python, which would cost as much as it saves.
    __getitem__ = object.__getattribute__


@dataclass(slots=True, kw_only=True)
class Item(ForTemplates):
    """One answer to choose. `reveals` are the questions that open under it, one level deep."""

    value: str
    label: str
    hint: str = ""
    checked: bool = False
    divider: str = ""  # a word above it, such as "or"
    exclusive: bool = False  # choosing it clears the other tick boxes
    reveals: "Sequence[Field]" = ()
    id: str = ""  # given by its field, as its name
    name: str = ""

    @property
    def attributes(self) -> SafeString:
        """Of its radio or tick box: all but type and class."""
        hint = self.hint and f"{self.id}-hint"
        alone = self.exclusive and "exclusive"
        return attributes(
            (
                ("name", self.name),
                ("id", self.id),
                ("value", self.value),
                ("checked", self.checked),
                ("aria-describedby", hint),
                ("data-behaviour", alone),
            )
        )


@dataclass(slots=True, kw_only=True)
class Part(ForTemplates):
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

    @property
    def attributes(self) -> SafeString:
        """Of its box: all but type and class. Where it says its own error, the template adds that."""
        return attributes(
            (("id", self.id), ("name", self.name), ("value", self.value), ("autocomplete", self.autocomplete))
        )


@dataclass(slots=True, kw_only=True)
class FileRow(ForTemplates):
    """A file that was added. `said` is the state of its virus check in words, `size` is in bytes."""

    id: str
    name: str
    size: int
    scan: str = "waiting"  # as in PrivateFile.Scan
    said: str = ""
    url: str = ""
    small: str = ""  # the address of a small picture of it


@dataclass(slots=True, kw_only=True)
class Field(ForTemplates):
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
    size: str = "s"  # of the label: "s", "m", "l" or "" for plain
    items: Sequence[Item] = ()
    parts: Sequence[Part] = ()
    # Text boxes
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    width: int | None = None  # characters: 2, 3, 4, 5, 10, 20 or 30
    prefix: str = ""  # before the box, such as "£"; it and `suffix` in AFFIXED alone
    suffix: str = ""
    css: str = ""
    spellcheck: bool = True
    rows: int = 5
    max_length: int | None = None
    max_words: int | None = None
    # A single tick box, and radios in one row
    checked: bool = False
    inline: bool = False
    # The tick under a question, and the question's own template
    tick: str = ""
    is_ticked: bool = False
    inside: str = ""
    # Files. `question` is what the button "Add this file" sends, `asked` which question it says that it adds to.
    question: str = ""
    asked: str = ""
    files: Sequence[FileRow] = ()
    accept: str = ""
    full: bool = False  # no more files can be added
    # What we hold, a text a line
    said: Sequence[str] = ()
    # Guidance
    nodes: Sequence[object] = ()

    def __post_init__(self) -> None:
        for number, item in enumerate(self.items, start=1):
            item.id = item.id or (self.id if number == 1 else f"{self.id}-{number}")
            item.name = self.name

    @property
    def attributes(self) -> SafeString:
        """Of its control: all but type, value and class, which differ from template to template."""
        return attributes(
            (
                ("id", self.id),
                ("name", self.name),
                ("inputmode", self.inputmode),
                ("autocomplete", self.autocomplete),
                ("spellcheck", "" if self.spellcheck else "false"),
                ("aria-describedby", self.described_by),
            )
        )

    @property
    def label_attributes(self) -> SafeString:
        """Of the label of a question that has one control."""
        return attributes((("class", self._sized("govuk-label")), ("for", self.id)))

    @property
    def legend_attributes(self) -> SafeString:
        """Of the legend of one that has several."""
        return attributes((("class", self._sized("govuk-fieldset__legend")),))

    def _sized(self, css: str) -> str:
        return f"{css} {css}--{self.size}" if self.size else css

    @property
    def group_attributes(self) -> SafeString:
        """Of the fieldset of a question that has several controls."""
        return attributes((("aria-describedby", self.described_by),))

    @property
    def exclusive(self) -> bool:
        """Whether one of the tick boxes clears the others: the script of GOV.UK Frontend does it."""
        return any(item.exclusive for item in self.items)

    @property
    def text_attributes(self) -> SafeString:
        """Of a box of one line, with its type and value."""
        return attributes((("type", self.input_type), ("value", self.value))) + self.attributes

    @property
    def lines_attributes(self) -> SafeString:
        """Of a box of several lines, with its height."""
        return attributes((("rows", self.rows),)) + self.attributes

    @property
    def lines(self) -> str:
        """The value for a textarea, after the line break that browsers drop there."""
        return f"\n{self.value}"

    @property
    def limit(self) -> int | None:
        return self.max_words or self.max_length

    @property
    def limit_text(self) -> str:
        """ "You can enter up to 5,000 characters"."""
        return _limit_text(get_language(), self.max_words, self.max_length)

    @property
    def limit_attributes(self) -> SafeString:
        """For the script that counts; it speaks from three quarters of the limit on."""
        if not self.limit:
            return attributes(())
        counted = "data-maxwords" if self.max_words else "data-maxlength"
        return attributes(
            (("data-module", "govuk-character-count"), ("data-threshold", 75), (counted, self.limit))
        )

    @property
    def described_by(self) -> str:
        """Ids for `aria-describedby`, in the order in which they are heard: hint, error, unit, count."""
        said = (("hint", self.hint), ("error", self.error), ("unit", self.suffix), ("info", self.limit))
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


def month_parts(field_id: str, name: str, values: Sequence[str], bad: Sequence[str] = ()) -> list[Part]:
    """Month and year, as `date_parts` names them."""
    return date_parts(field_id, name, ["", *values], bad)[1:]


def date_parts(
    field_id: str, name: str, values: Sequence[str], bad: Sequence[str] = (), autocomplete: str = ""
) -> list[Part]:
    """Day, month and year, with ids `<field_id>-day` and names `<name>-day`. `bad` are the parts to mark."""
    return [
        Part(
            id=f"{field_id}-{part}",
            name=f"{name}-{part}",
            label=label,
            value=value,
            width=width,
            error=part if part in bad else "",
            autocomplete=autocomplete if autocomplete in ("", "off") else f"{autocomplete}-{part}",
        )
        for (part, label, width), value in zip(_date_boxes(get_language()), values, strict=True)
    ]


@cache
def _date_boxes(language: str | None) -> tuple[tuple[str, str, int], ...]:
    """Name, label and width in characters. Kept for each language: translating costs more than the rest."""
    return (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))


@cache
def _limit_text(language: str | None, max_words: int | None, max_length: int | None) -> str:
    if max_words:
        return _("You can enter up to %(limit)s words") % {"limit": f"{max_words:,}"}
    return _("You can enter up to %(limit)s characters") % {"limit": f"{max_length:,}"}
