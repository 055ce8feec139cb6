"""How much is kept of what is typed, on one page and in a form: a person's own text is never so long.

Each page reads all.
"""

import json
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from forms_engine.registries import Raw

# Some twenty pages of print.
MOST_BYTES = 100_000
# All pages of a form in progress: a book.
MOST_BYTES_IN_ALL = 1_500_000


def room(others: int) -> int:
    """Bytes for a page where the others of its form take `others` bytes, as they are stored."""
    return max(0, min(MOST_BYTES, MOST_BYTES_IN_ALL - others))


def too_long(answers: Mapping[str, Raw], typed: Collection[str], most: int = MOST_BYTES) -> list[str]:
    """Those of the questions `typed` whose answers cannot be kept with the others of a page: the longest."""
    sizes = {id: len(json.dumps(raw, ensure_ascii=False).encode()) for id, raw in answers.items()}
    over, found = sum(sizes.values()) - most, list[str]()
    for id in sorted(sizes.keys() & set(typed), key=lambda id: sizes[id], reverse=True):
        if over <= 0:
            break
        found.append(id)
        over -= sizes[id]
    return found


def what_fits(
    answers: Mapping[str, Raw], kept: Mapping[str, Raw], typed: Collection[str], most: int = MOST_BYTES
) -> dict[str, Raw]:
    """What is to be kept of `answers`: of what is too long, the answer that was `kept` before."""
    long = too_long(answers, typed, most)
    return {id: raw for id, raw in answers.items() if id not in long} | {
        id: kept[id] for id in long if id in kept
    }


def sentence() -> str:
    """What is said at such a question."""
    words = _(
        "This is too long for us to keep, and it is not saved. One page takes about %(most)s letters, a whole form "
        "some %(in_all)s. Shorten it, or copy it into a document and send us that."
    )
    return words % {"most": f"{MOST_BYTES:,}", "in_all": f"{MOST_BYTES_IN_ALL:,}"}
