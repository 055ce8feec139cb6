"""What a password must be (B9). Pure: numbers, lists and the person come from the caller.

Letters, capital letters and digits are those of every alphabet, as Unicode has them: "é" typed as one character or as
two is the same letter, for all is compared in its normal form (NFKC). A mark over or under a letter is part of the
letter: it is allowed, and counts as no character of its own. An alphabet without capitals needs one of another.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

# Shorter names stand in too many words to be looked for: "Jo", "Al".
SHORTEST_NAME = 3
# What is repeated and no longer than this is guessed whatever it is: "Abc1Abc1Abc1Abc1".
SHORTEST_REPEATED = 5
# How keys and letters stand in a row.
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")
_ALL_ROWS = (*_ROWS, *(row[::-1] for row in _ROWS))


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation: whoever shows it translates it."""
    return text


@dataclass(frozen=True)
class Policy:
    """The numbers and lists that a council may set.

    `special` characters, and spaces, may stand in a password besides letters and digits. `common` are whole passwords
    and `words` those of a council or school, both in lower case. Of the passwords before the present one, `remembered`
    may not come back.
    """

    shortest: int = 15
    longest: int = 128
    remembered: int = 8
    special: str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£"
    common: Collection[str] = field(default=frozenset(), repr=False)
    words: Collection[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True)
class Rule:
    """One of the rules: `asks` stands in the list on the page, `refusal` says that it is not kept.

    Both take the policy's numbers: `asks % said_of(policy)`.
    """

    id: str
    asks: str
    refusal: str
    is_kept: Callable[[str, Policy, Collection[str]], bool]


def normal(password: str) -> str:
    """The one spelling in which a password is judged, hashed and checked, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def owned_by(*names: str, email: str = "") -> frozenset[str]:
    """What of somebody's own a stranger tries first: each of her names, and what stands before the "@"."""
    local = email.rpartition("@")[0]
    parts = [part for name in names for part in (name, *name.replace("-", " ").split())]
    said = (normal(text).strip().casefold() for text in (*parts, local, local.partition("+")[0]))
    return frozenset(text for text in said if len(text) >= SHORTEST_NAME)


def broken(
    password: str,
    policy: Policy,
    owned: Collection[str] = (),
    was_used: Callable[[str], bool] = lambda password: False,
) -> list[Rule]:
    """The rules that `password` does not keep, in their order.

    `owned`: of `owned_by`. `was_used`, which is dear, is asked last, and only where all others are kept.
    """
    if len(password) > policy.longest:  # Nobody makes us look through a book.
        return [TOO_LONG]
    text = normal(password)
    found = [rule for rule in RULES if not rule.is_kept(text, policy, owned)]
    return found or ([NOT_USED] if was_used(text) else [])


def said_of(policy: Policy) -> dict[str, int | str]:
    """The numbers for the sentences."""
    return {
        "shortest": policy.shortest,
        "longest": policy.longest,
        "remembered": policy.remembered,
        "special": " ".join(policy.special),
    }


def _kinds(text: str) -> set[str]:
    return {unicodedata.category(character) for character in text}


def _long_enough(text: str, policy: Policy, owned: Collection[str]) -> bool:
    return sum(unicodedata.category(character)[0] != "M" for character in text) >= policy.shortest


def _short_enough(text: str, policy: Policy, owned: Collection[str]) -> bool:
    return len(text) <= policy.longest


def _has_letter(text: str, policy: Policy, owned: Collection[str]) -> bool:
    return any(kind[0] == "L" for kind in _kinds(text))


def _has_capital(text: str, policy: Policy, owned: Collection[str]) -> bool:
    return "Lu" in _kinds(text)


def _has_digit(text: str, policy: Policy, owned: Collection[str]) -> bool:
    return "Nd" in _kinds(text)


def _only_allowed(text: str, policy: Policy, owned: Collection[str]) -> bool:
    """A mark stands only where there is a letter, or another mark, for it to belong to."""
    if text and unicodedata.category(text[0])[0] == "M":
        return False
    marked = all(
        unicodedata.category(before)[0] in "LM"
        for before, after in pairwise(text)
        if unicodedata.category(after)[0] == "M"
    )
    return marked and all(_is_allowed(character, policy) for character in text)


def _is_allowed(character: str, policy: Policy) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LM" or kind == "Nd" or character in policy.special or character == " "


def _is_not_own(text: str, policy: Policy, owned: Collection[str]) -> bool:
    folded = text.casefold()
    return not any(own in folded for own in owned)


def _is_not_common(text: str, policy: Policy, owned: Collection[str]) -> bool:
    folded = text.casefold()
    letters = "".join(character for character in folded if character.isalpha())
    is_listed = any(form in policy.common or _is_row(form) for form in _forms(folded))
    return not (is_listed or _is_short_repeat(folded) or _is_made_of(letters, policy.words))


def _forms(folded: str) -> Iterator[str]:
    """As it is; without what is put before and after a word to make it pass; what is only repeated, once."""
    bare = _bare(folded)
    for form in (folded, bare):
        yield form
        if unit := _repeated(form):
            yield unit
            yield _bare(unit)


def _bare(text: str) -> str:
    """Without digits and special characters at both ends."""
    letters = [place for place, character in enumerate(text) if character.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _repeated(text: str) -> str:
    """What `text` is two or more times over, the last perhaps cut short; "" where it is no repetition."""
    for length in range(1, len(text) // 2 + 1):
        if all(text[place] == text[place - length] for place in range(length, len(text))):
            return text[:length]
    return ""


def _is_short_repeat(folded: str) -> bool:
    units = (_repeated(folded), _repeated(_bare(folded)))
    return any(0 < len(unit) < SHORTEST_REPEATED for unit in units)


def _is_row(text: str) -> bool:
    return len(text) > SHORTEST_REPEATED and any(text in row for row in _ALL_ROWS)


def _is_made_of(letters: str, words: Collection[str]) -> bool:
    """Whether `letters` are nothing but `words` one after the other."""
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(letters[start:end] in words for start in reached):
            reached.add(end)
    return bool(letters) and len(letters) in reached


TOO_LONG = Rule(
    "longest",
    gettext_noop("has no more than %(longest)s characters"),
    gettext_noop("Use no more than %(longest)s characters"),
    _short_enough,
)
RULES = (
    Rule(
        "shortest",
        gettext_noop("has at least %(shortest)s characters"),
        gettext_noop("Use at least %(shortest)s characters"),
        _long_enough,
    ),
    TOO_LONG,
    Rule(
        "letter",
        gettext_noop("has at least one letter"),
        gettext_noop("Use at least one letter"),
        _has_letter,
    ),
    Rule(
        "capital",
        gettext_noop("has at least one capital letter, such as A"),
        gettext_noop("Use at least one capital letter, such as A"),
        _has_capital,
    ),
    Rule(
        "digit",
        gettext_noop("has at least one number, such as 7"),
        gettext_noop("Use at least one number, such as 7"),
        _has_digit,
    ),
    Rule(
        "allowed",
        gettext_noop("has only letters, numbers, spaces and these: %(special)s"),
        gettext_noop("Use only letters, numbers, spaces and these: %(special)s"),
        _only_allowed,
    ),
    Rule(
        "own",
        gettext_noop("leaves out your name, and the first part of your email address"),
        gettext_noop("Leave out your name, and the first part of your email address"),
        _is_not_own,
    ),
    Rule(
        "common",
        gettext_noop("is not one that many people use, such as Password12345678"),
        gettext_noop("Choose one that fewer people use: this one is easy to guess"),
        _is_not_common,
    ),
)
NOT_USED = Rule(
    "used",
    gettext_noop("is not the one that you have now, or one of the %(remembered)s before it"),
    gettext_noop("Choose one that is new: you have used this one before"),
    lambda text, policy, owned: True,
)
