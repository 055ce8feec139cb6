"""References and numbers by which people and children are known: how each is written, and whether it adds up."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

# In a pattern: A stands for any letter, 9 for any figure, X for either. All else stands for itself.
_KINDS = {"A": str.isalpha, "9": str.isdigit, "X": str.isalnum}
MOST = 40  # characters of a pattern


class Wrong(Enum):
    """What is the matter with a reference that cannot stand."""

    SHAPE = "shape"  # too many characters, or letters where figures belong
    CHECK = "check"  # the right shape, but its check digit says that something was mistyped


@dataclass(frozen=True)
class Shape:
    """One kind of reference. `example` has its shape and is nobody's."""

    label: Any
    pattern: str
    example: str
    is_sound: Callable[[str], bool] = lambda text: True

    def read(self, text: str) -> str | Wrong:
        """What was typed as the pattern has it, without the pattern's spaces: "943 476-5919" is "9434765919"."""
        found = laid(self.pattern, text)
        if found is None:
            return Wrong.SHAPE
        plain = found.replace(" ", "")
        return plain if self.is_sound(plain) else Wrong.CHECK

    def show(self, value: str) -> str:
        """A value in the groups of the pattern, as people read it out."""
        return laid(self.pattern, value) or value

    @property
    def is_figures(self) -> bool:
        """Whether there is nothing but figures to type."""
        return set(self.pattern) <= {"9", " "}


def of_pattern(pattern: str, example: str = "") -> Shape:
    """The shape that an editor wrote down."""
    return Shape(pattern, pattern, example or example_of(pattern))


def example_of(pattern: str) -> str:
    """ "AA 999" as "AB 123"."""
    letters, figures = iter("ABCDEFGH" * MOST), iter("123456789" * MOST)
    pieces = {"A": letters, "9": figures, "X": figures}
    return "".join(next(pieces[kind]) if kind in pieces else kind for kind in pattern)


def laid(pattern: str, text: str) -> str | None:
    """The letters and figures of `text` laid into `pattern`, with its spaces and signs. None where they do not fit."""
    if len(text) > 4 * MOST:
        return None
    typed = iter(_letters_and_figures(text))
    done = []
    for kind in pattern:
        if not kind.isalnum():
            done.append(kind)
            continue
        character = next(typed, "")
        fits = _KINDS[kind](character) if kind in _KINDS else character == kind.upper()
        if not (fits and character.isascii()):
            return None
        done.append(character)
    return None if next(typed, "") else "".join(done)


def _letters_and_figures(text: str) -> str:
    """In capitals, without what people put between them. What is none of ASCII stays, and fits nowhere."""
    return re.sub(r"[\s./\\_–-]", "", unicodedata.normalize("NFKC", text).upper())


def is_pattern(text: str) -> bool:
    """Whether `text` can be the pattern of a reference: plain characters, at least one of A, 9 and X."""
    return text.isascii() and text.isprintable() and len(text) <= MOST and not set("A9X").isdisjoint(text)


def is_nhs_number(number: str) -> bool:
    """Whether the last of ten figures is the check digit, modulus 11 (NHS Data Dictionary, "NHS NUMBER")."""
    total = sum(int(figure) * weight for figure, weight in zip(number[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(number[9])


def is_chi_number(number: str) -> bool:
    """Scotland's Community Health Index: a date of birth, three figures, and the check digit of an NHS number."""
    try:
        # The century is not written; 2000 is one with a leap year.
        dt.date(2000 + int(number[4:6]), int(number[2:4]), int(number[:2]))
    except ValueError:
        return False
    return is_nhs_number(number)


# I, O and S are left out: they are mistaken for figures.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_upn(number: str) -> bool:
    """Whether the first letter is the check letter of the twelve characters behind it, modulus 23.

    A temporary UPN ends with a letter, which counts as its place (DfE, "Unique pupil numbers").
    """
    if number[-1].isalpha() and number[-1] not in _UPN_LETTERS:
        return False
    values = [_UPN_LETTERS.index(each) if each.isalpha() else int(each) for each in number[1:]]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return _UPN_LETTERS[total % 23] == number[0]


_NI_NEVER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_ni_number(number: str) -> bool:
    """Whether a National Insurance number has a prefix and a last letter that are given out (HMRC, NIM39110)."""
    prefix, last = number[:2], number[-1]
    return (
        set("DFIQUV").isdisjoint(prefix) and prefix[1] != "O" and prefix not in _NI_NEVER and last in "ABCD"
    )
