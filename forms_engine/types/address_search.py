"""Addresses by their postcode, from the look-up that the settings name. Where it knows nothing, people type."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_engine.registries import FoundAddress, address_look_ups

# The parts of an address, as a question has them.
PARTS = ("line1", "line2", "town", "county", "postcode")
# More than any postcode has.
MOST_FOUND = 100
_MARK = "|"

logger = logging.getLogger(__name__)


class Search(NamedTuple):
    """What was found, and how to say it."""

    said: str = ""
    found: Sequence[FoundAddress] = ()


NO_SEARCH = Search()


def is_there() -> bool:
    """Whether addresses can be looked up here at all."""
    return settings.ADDRESS_LOOK_UP in address_look_ups


def search(postcode: str) -> Search:
    """The addresses with a whole UK postcode. A look-up that fails is logged, without the postcode: people type."""
    try:
        found = address_look_ups.get(settings.ADDRESS_LOOK_UP).find(postcode)[:MOST_FOUND]
    except Exception:  # whatever somebody else's service leads it to, the family's form must go on
        logger.exception("The look-up of addresses %r failed", settings.ADDRESS_LOOK_UP)
        return Search(_("We cannot look up addresses just now. Type the address."))
    if not found:
        return Search(_("We found no address with this postcode. Check it, or type the address."))
    words = ngettext("%(number)s address was found.", "%(number)s addresses were found.", len(found))
    return Search(words % {"number": len(found)}, found)


def to_pick(address: FoundAddress) -> str:
    """What a browser sends when the address is chosen: the whole of it, so that nothing need be asked twice."""
    return _MARK.join(getattr(address, part).replace(_MARK, " ") for part in PARTS)


def picked(text: str) -> dict[str, str]:
    """The parts of the address that was chosen; nothing where none was. It is trusted no more than what is typed."""
    parts = text.split(_MARK)
    return dict(zip(PARTS, parts, strict=True)) if len(parts) == len(PARTS) else {}


def in_a_line(address: FoundAddress) -> str:
    """ "14 Mill Lane, Milton Cross": without the postcode, which all of them have."""
    said = asdict(address)
    return ", ".join(said[part] for part in PARTS if said[part] and part != "postcode")
