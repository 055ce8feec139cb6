"""Which characters our fonts can show. PDF/UA refuses a document with one that they cannot: an emoji, say."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# Stands for a character that cannot be shown.
MISSING = "\ufffd"
_ALWAYS = frozenset("\n ")


def characters_of(font: Path) -> frozenset[str]:
    """The characters that a TrueType font has a picture of, read from its own table ("cmap", format 12)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for place in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        if tag == b"cmap":
            return frozenset(chr(code) for first, last in _groups(data, offset) for code in range(first, last + 1))
    return frozenset()


def _groups(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    for place in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * place)
        if struct.unpack_from(">H", data, cmap + offset) == (12,):
            (groups,) = struct.unpack_from(">L", data, cmap + offset + 12)
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">LLL", data, cmap + offset + 16 + 12 * group)
                yield first, last


def showable(text: str, characters: frozenset[str]) -> str:
    """`text` with MISSING for what cannot be shown, and without what has no picture anyway (control characters)."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        character if character in characters or character in _ALWAYS else MISSING
        for character in lines
        if unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"} or character in _ALWAYS
    )


def showable_data(data: Any, characters: frozenset[str]) -> Any:
    """Template data with every text in it made showable."""
    if isinstance(data, str):
        return showable(data, characters)
    if isinstance(data, dict):
        return {key: showable_data(value, characters) for key, value in data.items()}
    if isinstance(data, Iterable):
        return [showable_data(value, characters) for value in data]
    return data
