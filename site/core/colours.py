"""The council's one colour, the tints made of it, and whether white text can be read on it."""

import hashlib

Channels = tuple[int, int, int]
BLACK: Channels = (0, 0, 0)
WHITE: Channels = (255, 255, 255)

# WCAG 2.2, success criterion 1.4.3: the least contrast of ordinary text with what it stands on.
LEAST_CONTRAST = 4.5


def channels(colour: str) -> Channels:
    """Red, green and blue (0 to 255) of a colour such as "#4c2c92". Raises ValueError for anything else."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is no colour such as #4c2c92")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def luminance(colour: Channels) -> float:
    """How light a colour looks, 0 (black) to 1 (white), as WCAG 2.2 defines relative luminance."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    if share <= 0.04045:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)


def contrast_with_white(colour: str) -> float:
    """The contrast of white text on `colour`, 1 to 21 (WCAG 2.2)."""
    return 1.05 / (luminance(channels(colour)) + 0.05)


def mixed(colour: str, other: Channels, share: float) -> str:
    """`colour` with `share` (0 to 1) of it replaced by `other`."""
    pairs = zip(channels(colour), other, strict=True)
    return "#" + "".join(f"{round(own + (to - own) * share):02x}" for own, to in pairs)


def stylesheet(colour: str) -> str:
    """The custom properties by which our own style sheet and GOV.UK Frontend's take on the colour."""
    properties = {
        "govuk-brand-colour": colour,
        "portal-purple": colour,
        "portal-purple-dark": mixed(colour, BLACK, 0.27),
        "portal-purple-tint": mixed(colour, WHITE, 0.92),
        "portal-tint": mixed(colour, WHITE, 0.94),
        "portal-line": mixed(colour, WHITE, 0.78),
    }
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in properties.items()) + "}\n"


def stylesheet_version(colour: str) -> str:
    """Eight characters that change with the style sheet, for its address."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:8]
