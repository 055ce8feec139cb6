"""The texts of a form and their translations as a spreadsheet: for translators, and back."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font

from core.languages import Language
from forms_engine.rules.phrases import Phrase, State, digest_of, state
from forms_engine.rules.structure import PLACEHOLDERS
from forms_engine.spec import Translation

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Bytes: of the file, and of what it unpacks to.
MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 16 * 1024 * 1024
# What is read is made of tags, of which a small file can unpack to millions: as many as a form of any size needs.
MOST_TAGS = 500_000
# Rows without a text of the form: programs add empty ones at the end.
_SPARE_ROWS = 2000
_CHUNK = 1024 * 1024
# The columns, by their places: id, where it stands, English, the translation, how that stands.
_ID, _WHERE, _ENGLISH, _TRANSLATION, _STATE = range(5)
_WIDTHS = (30, 40, 60, 60, 12)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What a cell cannot hold: control characters, and two that are none.
_UNWRITABLE = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")
# Cells that hold neither a text nor a number: a date or time, true or false, an error.
_NO_TEXT = frozenset("dbe")

# What a phrase is of the part in which it stands.
_WHATS = {
    "title": gettext_noop("title"),
    "intro": gettext_noop("what it is for"),
    "submitted": gettext_noop("what happens next"),
    "instead": gettext_noop("what to do instead"),
    "label": gettext_noop("question or answer"),
    "hint": gettext_noop("hint"),
    "why": gettext_noop("why we ask"),
    "error": gettext_noop("error message"),
    "not_applicable": gettext_noop("tick for “does not apply”"),
    "item_name": gettext_noop("what one item is called"),
    "message": gettext_noop("message of a rule"),
    "text": gettext_noop("text"),
    "unit": gettext_noop("unit"),
    "example": gettext_noop("example"),
}
_STATES = {
    State.MISSING: gettext_noop("missing"),
    State.OUTDATED: gettext_noop("out of date"),
    State.DONE: gettext_noop("done"),
}


class Faulty(ValueError):
    """A spreadsheet that cannot be taken. `faults` says everything that is wrong, from top to bottom."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def where(phrase: Phrase) -> str:
    """The place of a text in words: "About you > Your name: hint"."""
    what = _(_WHATS[phrase.what]) if phrase.what in _WHATS else phrase.what
    return f"{' > '.join(phrase.place)}: {what}" if phrase.place else what


def write(found: list[Phrase], translations: Mapping[str, Translation], language: Language) -> bytes:
    """An XLSX with a row for each text, in the form's order."""
    book = Workbook()
    sheet = book.active
    sheet.title = language.name
    sheet.freeze_panes = "A2"
    _put(sheet, 1, _heads(language), Font(bold=True))
    for number, phrase in enumerate(found, start=2):
        translation = translations.get(phrase.id)
        said = translation.text if translation else ""
        row = (phrase.id, where(phrase), phrase.text, said, _(_STATES[state(phrase, translation)]))
        _put(sheet, number, row)
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, found: list[Phrase], language: Language) -> dict[str, Translation | None]:
    """Phrase's id -> its translation, None where its cell is empty; only of rows that are there. Raises Faulty.

    Each translation keeps the English text that stood beside it: where that has changed meanwhile, it is out of date.
    """
    rows = _rows(content, most=1 + len(found) + _SPARE_ROWS)
    heads = tuple(str(cell.value or "") for cell in next(rows, ()))
    if heads[:_STATE] != _heads(language)[:_STATE]:
        columns = ", ".join(f"“{head}”" for head in _heads(language)[:_STATE])
        raise Faulty([_("The first row must name the columns %(columns)s.") % {"columns": columns}])
    known = {phrase.id: phrase.text for phrase in found}
    told, faults = dict[str, Translation | None](), list[str]()
    for number, row in enumerate(rows, start=2):
        cells = [*row, *[None] * len(_WIDTHS)]
        if not any(cell is not None and cell.value is not None for cell in cells):
            continue
        id = _text(cells[_ID]).strip()
        words = [*_faults_of(id, known, told), *_faults_in(cells[_ENGLISH : _TRANSLATION + 1])]
        faults += [_("Row %(number)s: %(fault)s") % {"number": number, "fault": fault} for fault in words]
        text = _text(cells[_TRANSLATION]).strip()
        english, now = _text(cells[_ENGLISH]), known.get(id, "")
        told[id] = (
            Translation(text, digest_of(now if english == _written(now) else english)) if text else None
        )
    if faults:
        raise Faulty(faults)
    return told


def _heads(language: Language) -> tuple[str, ...]:
    return ("id", _("where"), "English", language.name, _("state"))


def _put(sheet: Any, number: int, texts: tuple[str, ...], font: Font | None = None) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(number, column, _written(text))
        # Text, whatever it begins with: "=1+1" is no formula.
        cell.data_type, cell.quotePrefix = "s", text.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if font:
            cell.font = font


def _written(text: str) -> str:
    """`text` as a cell can hold it."""
    return _UNWRITABLE.sub("", text)


def _rows(content: bytes, *, most: int) -> Iterator[tuple[Cell, ...]]:
    """The rows of the first sheet, one at a time, as far as our columns go. Raises Faulty."""
    too_large = Faulty([_("This spreadsheet is too large.")])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if not _is_small(packed):
                raise too_large
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        # How wide and long it is, it says itself: a cell in its last column would make sixteen thousand of each row.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=len(_WIDTHS)), start=1):
            if number > most:
                raise too_large
            yield row
    except Faulty:
        raise
    # What a file that only claims to be a spreadsheet makes of its reader cannot be listed.
    except Exception as error:
        raise Faulty([_("This is not a spreadsheet in the XLSX format.")]) from error


def _is_small(packed: zipfile.ZipFile) -> bool:
    """Whether reading it needs no more memory than a request may take."""
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        return False
    tags = 0
    for part in packed.infolist():
        with packed.open(part) as file:
            while chunk := file.read(_CHUNK):
                tags += chunk.count(b"<")
                if tags > MOST_TAGS:
                    return False
    return True


def _faults_of(id: str, known: Mapping[str, str], told: Mapping[str, Any]) -> Iterator[str]:
    if not id:
        yield _("it has no id.")
    elif id not in known:
        yield _("the form has no text “%(id)s”.") % {"id": id}
    elif id in told:
        yield _("“%(id)s” is in another row already.") % {"id": id}


def _faults_in(cells: list[Any]) -> Iterator[str]:
    kinds = {cell.data_type for cell in cells if cell is not None}
    if "f" in kinds:
        yield _("it holds a formula, where only text can stand.")
        return
    # What a spreadsheet makes of "1/2" or "Mai 2026" reads to families as "2026-05-01 00:00:00".
    if not _NO_TEXT.isdisjoint(kinds):
        yield _("the spreadsheet took it for a date, a time or the like, where only text can stand.")
        return
    for name in _PLACEHOLDER.findall(_text(cells[-1])):
        if name[:1].lower() + name[1:] not in PLACEHOLDERS:
            yield _("nothing is put in for {%(name)s}.") % {"name": name}


def _text(cell: Any) -> str:
    return "" if cell is None or cell.value is None else str(cell.value)
