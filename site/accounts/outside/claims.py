"""What a provider says of a person, as far as somebody who registers is asked for it. No Django here."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# As long as a box of the form, or a mailbox's address, may be.
_LONGEST, _LONGEST_EMAIL = 100, 254
_HOUSE = re.compile(r"(?P<house>[0-9]+[A-Za-z]?),? +(?P<street>.+)")


@dataclass(frozen=True)
class Told:
    """Names are those of the account and its details. What was not said, or not as the standard has it, is empty."""

    first_name: str = ""
    last_name: str = ""
    # Whether the provider has made sure itself that she reads what goes to this address.
    email: str = ""
    is_verified: bool = False
    date_of_birth: str = ""  # ISO
    phone: str = ""
    house: str = ""
    street: str = ""
    area: str = ""
    town: str = ""
    postcode: str = ""


def told(claims: Mapping[str, Any]) -> Told:
    """The standard's claims in the portal's words. Whatever they hold, it is somebody else's: texts, and short."""
    address = claims.get("address")
    place = address if isinstance(address, dict) else {}
    return Told(
        first_name=_line(claims.get("given_name")),
        last_name=_line(claims.get("family_name")),
        email=_line(claims.get("email"), _LONGEST_EMAIL),
        # A text such as "false" is no yes.
        is_verified=claims.get("email_verified") is True,
        date_of_birth=_day(claims.get("birthdate")),
        phone=_line(claims.get("phone_number")),
        **_street(place.get("street_address")),
        town=_line(place.get("locality")),
        postcode=_line(place.get("postal_code")),
    )


def _line(said: Any, longest: int = _LONGEST) -> str:
    """`said`, where it is a text of one line. What is too long is not cut: half a name is nobody's."""
    text = said.strip() if isinstance(said, str) else ""
    return text if len(text) <= longest and text.isprintable() else ""


def _day(said: Any) -> str:
    """A day with its year: a provider may also say the year alone, or the day alone."""
    try:
        return dt.date.fromisoformat(said).isoformat()
    except (TypeError, ValueError):
        return ""


def _street(said: Any) -> dict[str, str]:
    """The lines of a street's address: house and street, then the area."""
    first, _break, rest = said.strip().partition("\n") if isinstance(said, str) else ("", "", "")
    parted = _HOUSE.fullmatch(_line(first))
    named = parted.groupdict() if parted else {"house": "", "street": _line(first)}
    return named | {"area": _line(rest)}
