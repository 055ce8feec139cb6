"""The demo's register of addresses. Made up, all of them: no postcode of the Royal Mail begins with MB."""

from collections.abc import Sequence

from forms_engine.registries import FoundAddress

TOWN = "Milton Cross"
# Postcode -> the houses of a street, each a number or a name.
STREETS = {
    "MB1 4QT": ("Mill Lane", [*map(str, range(1, 24, 2)), "The Old Mill"]),
    "MB1 4QX": ("Mill Lane", [*map(str, range(2, 25, 2))]),
    "MB2 7HD": ("High Street", [*(f"Flat {flat}, 14" for flat in range(1, 7)), "16", "18", "20"]),
    "MB3 1AB": ("Station Road", ["Station House"]),
}


class DemoAddresses:
    """A look-up that is always there, and asks nobody."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        street, houses = STREETS.get(postcode, ("", []))
        return [_address(house, street, postcode) for house in houses]


def _address(house: str, street: str, postcode: str) -> FoundAddress:
    """A number stands before its street; a flat and a named house have a line of their own."""
    flat, _comma, number = house.rpartition(", ")
    lines = (flat, f"{number} {street}") if flat else (house, street)
    if house.isdecimal():
        lines = (f"{house} {street}", "")
    return FoundAddress(line1=lines[0], line2=lines[1], town=TOWN, postcode=postcode)
