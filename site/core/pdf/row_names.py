"""The first cell of each row of a table as what names that row, for screen readers.

typst marks the cells of a table's head as headers of their columns. That a cell names its row it can say too
(`pdf.header-cell`), but only with a flag ("a11y-extras") that its Python binding does not pass on. So it is said in an
update at the end of the file (ISO 32000-1, 7.5.6). To be undone once the flag can be passed.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import count, groupby
from typing import NamedTuple

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"xref\s+0 (\d+)\s+")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
# An entry of the table of objects: where one begins, in ten figures, and nine more characters and an end of line.
_ENTRY = 20
# The parts of a table. None of them holds a word that somebody typed.
_PART = re.compile(
    rb"\d+ 0 obj\s+(<</Type/StructElem/S/(THead|TBody|TR|TH|TD)/P (\d+) 0 R"
    rb"(?:[^\n]*?/K\[([^\]\n]*)\])?[^\n]*>>)\s+endobj"
)
_CELL = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")


class _Part(NamedTuple):
    body: bytes
    kind: bytes
    parent: int
    within: bytes


def with_row_names(document: bytes) -> bytes:
    """`document`, as typst wrote it, with the first cell of each row of its tables' bodies as that row's header.

    A corner without words is no header. A file without tables, or one that is written in another way, stays as it is.
    """
    start, offsets = _objects(document)
    parts = _parts(document, offsets)
    if changed := dict(_changes(parts)):
        return document + _update(document, start, changed)
    return document


def _objects(document: bytes) -> tuple[int, list[int]]:
    """Where the table of objects begins, and where each of them does. Nothing that was typed is taken for either."""
    found = _START.search(document, max(0, len(document) - 100))
    start = int(found[1]) if found else 0
    section = _SECTION.match(document, start)
    if section is None:
        return start, []
    return start, [
        int(document[at : at + 10])
        for at in range(section.end(), section.end() + _ENTRY * int(section[1]), _ENTRY)
    ]


def _parts(document: bytes, offsets: list[int]) -> Mapping[int, _Part]:
    found = ((number, _PART.match(document, offset)) for number, offset in enumerate(offsets))
    return {number: _Part(part[1], part[2], int(part[3]), part[4] or b"") for number, part in found if part}


def _changes(parts: Mapping[int, _Part]) -> Iterator[tuple[int, bytes]]:
    """The number of each cell that is to say something else, and what."""
    for row in parts.values():
        if row.kind != b"TR" or row.parent not in parts:
            continue
        cells = [int(number) for number in _CELL.findall(row.within)]
        if parts[row.parent].kind == b"THead":
            empty = (number for number in cells if not parts[number].within)
            yield from ((number, parts[number].body.replace(b"/S/TH", b"/S/TD", 1)) for number in empty)
            continue
        for place, number in enumerate(cells):
            # A list of headers would hide the row's: without one, both are found by where the cell stands.
            body = _HEADERS.sub(b"" if place else b"/Scope/Row", parts[number].body, count=1)
            yield number, body if place else body.replace(b"/S/TD", b"/S/TH", 1)


def _update(document: bytes, start: int, changed: Mapping[int, bytes]) -> bytes:
    """What stands behind the old end: the new objects, where they begin, and where the old table of objects does."""
    written = b"\n"
    entries: list[tuple[int, bytes]] = []
    for number, body in sorted(changed.items()):
        entries.append((number, b"%010d 00000 n\r\n" % (len(document) + len(written))))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    place = count()
    table = b"xref\n"
    for _run, run in groupby(entries, lambda entry: entry[0] - next(place)):
        together = list(run)
        table += b"%d %d\n" % (together[0][0], len(together)) + b"".join(entry for _number, entry in together)
    trailer = _TRAILER.search(document, start)
    said = trailer[1] if trailer else b""
    end = b"trailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (said, start, len(document) + len(written))
    return b"".join((written, table, end))
