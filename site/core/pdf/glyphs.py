"""Which characters our fonts can show. PDF/UA refuses a document with one that they cannot: a Chinese one, say."""

import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

# Stands for a character that cannot be shown.
MISSING = "\ufffd"
# A word that may be longer than a line, and what lets it be broken.
_LONG_WORD = re.compile(r"\S{30,}")
_BREAK = "\u200b"
_ALWAYS = frozenset("\n ")
# Persian and the scripts of India join and part letters by these.
_JOINERS = frozenset("\u200c\u200d")
_NO_PICTURE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def characters_of(font: Path) -> frozenset[str]:
    """The characters that a TrueType font has a picture of, read from its own table ("cmap", format 4 or 12)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for place in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        if tag == b"cmap":
            ranges = _ranges(data, offset)
            return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))
    return frozenset()


def _ranges(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """First and last code of each run of characters, from every subtable that we can read."""
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    for place in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * place)
        (layout,) = struct.unpack_from(">H", data, cmap + offset)
        if layout == 12:
            (groups,) = struct.unpack_from(">L", data, cmap + offset + 12)
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">LLL", data, cmap + offset + 16 + 12 * group)
                yield first, last
        elif layout == 4:
            yield from _segments(data, cmap + offset)


def _segments(data: bytes, table: int) -> Iterator[tuple[int, int]]:
    """Those of a subtable of format 4, of which the last stands for no character."""
    (twice,) = struct.unpack_from(">H", data, table + 6)
    ends = struct.unpack_from(f">{twice // 2}H", data, table + 14)
    starts = struct.unpack_from(f">{twice // 2}H", data, table + 16 + twice)
    yield from ((first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)


def unshowable(data: Any, fonts: Sequence[frozenset[str]]) -> set[str]:
    """The letters of all texts in `data` for which MISSING stands once they are made showable."""
    if isinstance(data, str):
        clusters = {cluster[0] for cluster in _clusters(unicodedata.normalize("NFC", data)) if cluster}
        return {letter for letter in clusters if _showable_cluster(letter, fonts) == MISSING}
    if isinstance(data, dict):
        data = list(data.values())
    return (
        set().union(*(unshowable(each, fonts) for each in data)) if isinstance(data, list | tuple) else set()
    )


def showable(text: str, fonts: Sequence[frozenset[str]]) -> str:
    """`text` with MISSING for what none of `fonts` (the characters of each) can show.

    A letter and its marks must stand in one font: where none has them all, the marks go. Control characters,
    which have no picture anyway, go too. A word longer than a line gets places to break: it has none by itself.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return _LONG_WORD.sub(_breakable, lines if _is_plain(lines, fonts) else _replaced(lines, fonts))


def _is_plain(lines: str, fonts: Sequence[frozenset[str]]) -> bool:
    """Nearly every text is, and to look at each letter takes as long as to set the page."""
    plain = lines.replace("\n", "")
    return plain.isprintable() and any(font.issuperset(plain) for font in fonts)


def _replaced(lines: str, fonts: Sequence[frozenset[str]]) -> str:
    return "".join(_showable_cluster(cluster, fonts) for cluster in _clusters(lines))


def _breakable(word: re.Match[str]) -> str:
    letters = [cluster for cluster in _clusters(word[0]) if cluster]
    parts = ("".join(letters[start : start + 12]) for start in range(0, len(letters), 12))
    return _BREAK.join(parts)


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks and joiners behind it."""
    cluster = ""
    for character in text:
        if character in _JOINERS or unicodedata.category(character)[0] == "M":
            cluster += character
        elif character in _ALWAYS or unicodedata.category(character) not in _NO_PICTURE:
            yield cluster
            cluster = character
    yield cluster


def _showable_cluster(cluster: str, fonts: Sequence[frozenset[str]]) -> str:
    if not cluster or cluster in _ALWAYS or any(font.issuperset(cluster) for font in fonts):
        return cluster
    letter = cluster[0]
    return letter if letter in _ALWAYS or any(letter in font for font in fonts) else MISSING


def showable_data(data: Any, fonts: Sequence[frozenset[str]]) -> Any:
    """Template data with every text in it made showable."""
    if isinstance(data, str):
        return showable(data, fonts)
    if isinstance(data, dict):
        return {key: showable_data(value, fonts) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [showable_data(value, fonts) for value in data]
    return data


def script_of(letter: str) -> str:
    """What it is a letter of, by Unicode's name for it: "Hangul", "Thai". "" for a sign or a picture."""
    is_letter = unicodedata.category(letter)[0] in "LM"
    return unicodedata.name(letter, "").split(" ")[0].capitalize() if is_letter else ""
