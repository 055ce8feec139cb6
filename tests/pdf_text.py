"""What a PDF of ours says, for tests."""

from collections.abc import Iterator

import pikepdf

# The number of the page, and of the marked piece on it, for what screen readers read; -1 for what they pass over.
Place = tuple[int, int]
_PASSED_OVER = -1


def text_of(document: pikepdf.Pdf) -> str:
    """What the document says: its glyphs, through each font's own table back to Unicode, joined without spaces."""
    return "".join(text for page in document.pages for _mark, text in _said(page))


def marked_texts(document: pikepdf.Pdf) -> tuple[dict[Place, str], str]:
    """The text of each marked piece by its place, and what is neither marked nor said to be passed over."""
    texts: dict[Place, str] = {}
    unmarked = ""
    for number, page in enumerate(document.pages):
        for mark, text in _said(page):
            if mark is None:
                unmarked += text
            else:
                texts[number, mark] = texts.get((number, mark), "") + text
    return texts, unmarked


def _said(page: pikepdf.Page) -> Iterator[tuple[int | None, str]]:
    """Each piece of text with the number of the mark that it stands in; None where it stands in none."""
    tables = {name: _to_unicode(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    table: dict[int, str] = {}
    marks: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "Tf":
            table = tables[str(operands[0])]
        elif operator in {"BDC", "BMC"}:
            marks.append(_mark(operands))
        elif operator == "EMC":
            marks.pop()
        elif operator in {"Tj", "TJ"}:
            inner = next((mark for mark in reversed(marks) if mark is not None), None)
            parts = operands[0] if operator == "TJ" else operands
            yield inner, "".join(_letters(part, table) for part in parts if isinstance(part, pikepdf.String))


def _mark(operands: list[pikepdf.Object]) -> int | None:
    if str(operands[0]) == "/Artifact":
        return _PASSED_OVER
    said = operands[1] if len(operands) > 1 else None
    return int(said.MCID) if isinstance(said, pikepdf.Dictionary) and "/MCID" in said else None


def _letters(part: pikepdf.String, table: dict[int, str]) -> str:
    glyphs = bytes(part)
    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
    said = "".join(table.get(high * 256 + low, "") for high, low in pairs)
    return said.replace(" ", "").replace("\u200b", "")


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    table: dict[int, str] = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and line.startswith("<"):
            table[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be")
        elif len(parts) == 3 and line.startswith("<") and "[" not in line:
            first = int.from_bytes(bytes.fromhex(parts[2]), "big")
            for code in range(int(parts[0], 16), int(parts[1], 16) + 1):
                table[code] = chr(first + code - int(parts[0], 16))
    return table
