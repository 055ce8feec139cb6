"""References that people read out and type: `PPF-7K3M-9QX2`.

No vowels (no words arise), no lookalikes (0 O, 1 I L, 5 S, 8 B, 2 Z left to one of each), and a last character that
tells a mistyped one.
"""

import re
import secrets

ALPHABET = "2346789CDFGHJKMNPQRTVWXY"
_SHAPE = re.compile(rf"^[A-Z]{{2,4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}$")


def check_character(body: str) -> str:
    """The check character of the letters and digits in `body`: any one mistyped, or two neighbours swapped, changes it.

    The sum is taken modulo 23, a prime just under the alphabet's 24, with a weight of its own for each place.
    """
    total = sum((place + 2) * (ord(character) - 40) for place, character in enumerate(body))
    return ALPHABET[total % 23]


def new_reference(prefix: str) -> str:
    """A fresh reference that begins with `prefix` (two to four letters). 24^7, 4.6 thousand million, of each prefix."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(7))
    body += check_character(prefix + body)
    return f"{prefix}-{body[:4]}-{body[4:]}"


def tidy(typed: str) -> str:
    """What was typed as a reference is written: capitals, no spaces."""
    return "".join(typed.split()).upper()


def is_reference(text: str) -> bool:
    """Whether `text` is a reference with the right check character."""
    if not _SHAPE.match(text):
        return False
    body = text.replace("-", "")
    return check_character(body[:-1]) == body[-1]
