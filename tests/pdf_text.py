"""What a PDF of ours says, for tests."""

import pikepdf


def text_of(document: pikepdf.Pdf) -> str:
    """What the document says: its glyphs, through each font's own table back to Unicode, joined without spaces."""
    return "".join(_said(page) for page in document.pages)


def _said(page: pikepdf.Page) -> str:
    tables = {name: _to_unicode(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    table: dict[int, str] = {}
    said = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    glyphs = bytes(part)
                    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
                    said += [table.get(high * 256 + low, "") for high, low in pairs]
    return "".join(said).replace(" ", "").replace("\u200b", "")


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
