"""Names that a mail program would show as a link. No Django here.

An email of ours carries names of people, schools and teams: no stranger is to lead anybody anywhere by one.
"""

import re
import unicodedata

# What stands before a dot in a name, beside an initial: "St.John", "Ma.Teresa", "Md.Rahman".
_SHORT = re.compile("dr|fr|jr|ma|md|mr|mrs|ms|prof|rev|sr|st|sta|ste|sto")
# After one of those and a dot these are an address all the same: "t.co". With a space it is a name: "J. Ly".
_ENDINGS = re.compile(
    "app|biz|cc|click|co|com|dev|eu|gd|gl|gg|info|io|link|live|ly|me|net|online|org|shop|site|to|top|tv|uk|us|ws|xyz"
)
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))
_DOTTED = re.compile(r"[^\s.@/]+(?:\.[^\s.]+)+")
_ENDING = re.compile(r"xn--|[^\W\d_]{2,}")


def looks_like_link(text: str) -> bool:
    """Whether there is "://", "www." or a dotted domain in it. "Dr. J.Smith" and "St.John" are names."""
    # As it is read: capitals, accents and what nobody sees make no other address.
    plain = "".join(
        sign for sign in _plain(text).casefold() if not unicodedata.category(sign).startswith("M")
    )
    is_url = re.search(r"://|www\.\S", plain)
    return bool(is_url) or any(_is_domain(found[0]) for found in _DOTTED.finditer(plain))


def unlinked(text: str) -> str:
    """`text` so that no mail program makes a link of it: as it is, where none would."""
    if not looks_like_link(text):
        return text
    return re.sub(r"\.(?=\S)", ". ", _plain(text).replace("://", ": //"))


def _plain(text: str) -> str:
    """With one sign for each letter and dot, and without signs that nobody sees."""
    written = unicodedata.normalize("NFKC", text.translate(_DOTS)).translate(_DOTS)
    return "".join(sign for sign in written if unicodedata.category(sign) != "Cf")


def _is_domain(dotted: str) -> bool:
    *before, last = dotted.split(".")
    ending = _ENDING.match(last)
    if ending is None:
        return False
    letters = ["".join(filter(str.isalnum, part)) for part in before]
    is_name = all(len(part) == 1 or _SHORT.fullmatch(part) for part in letters)
    return not is_name or bool(_ENDINGS.fullmatch(ending[0]))
