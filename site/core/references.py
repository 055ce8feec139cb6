"""References that people read out and type: `PPF-7K3M-9QX2`.

No vowels (no words arise), no lookalikes (0 O, 1 I L, 5 S, 8 B, 2 Z left to one of each), and a last character that
tells a mistyped one.
"""

import re
import secrets
from string import ascii_uppercase

ALPHABET = "2346789CDFGHJKMNPQRTVWXY"
# A prime above the number of characters, so that no two of them count the same.
_MODULUS = 29
_WRITTEN = re.compile(rf"([A-Z]{{2,4}})-([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})")


def _sum(prefix: str, body: str) -> int:
    """The weighted sum of all characters, 0 where the last is right.

    The weights are powers of 2 modulo 29, all different: one character mistyped, or two neighbours swapped, changes it.
    """
    values = [ascii_uppercase.index(each) for each in prefix] + [ALPHABET.index(each) for each in body]
    return sum(value * pow(2, place, _MODULUS) for place, value in enumerate(reversed(values))) % _MODULUS


def checked(prefix: str, body: str) -> str | None:
    """The reference of `prefix` (two to four letters) and `body` (7 of ALPHABET) with its check character.

    None where there is none: of 29 sums only 24 have a character.
    """
    last = next((each for each in ALPHABET if _sum(prefix, body + each) == 0), None)
    return last and f"{prefix}-{body[:4]}-{body[4:]}{last}"


def is_reference(text: str) -> bool:
    """Whether `text` is a reference, written as they are written out, with the right last character."""
    match = _WRITTEN.fullmatch(text)
    return match is not None and checked(match[1], match[2] + match[3][:3]) == text


def new_reference(prefix: str) -> str:
    """A fresh reference that begins with `prefix`. About 3.8 thousand million of each prefix."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(7))
        if reference := checked(prefix, body):
            return reference
