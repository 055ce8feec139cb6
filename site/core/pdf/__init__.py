"""PDFs that everybody can read (PDF/UA-1): a constant typst template, and data that stays data.

10 to 35 ms each once the fonts are loaded, so they are made in the request that asks for them.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.pdf.glyphs import characters_of, showable_data

TEMPLATES = Path(__file__).parent


def render(template: str, data: dict[str, Any]) -> bytes:
    """The PDF that `template` ("answers") makes of `data`. Whatever a text holds is shown as it stands.

    What each template expects stands at its top. Raises ImproperlyConfigured where the fonts were not fetched.
    """
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(showable_data(data, characters()))},
        pdf_standards=["ua-1"],
    )
    return bytes(made)


@cache
def fonts() -> typst.Fonts:
    """The fonts that we ship, read once. Never the machine's own: a PDF looks the same everywhere."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=list({f.parent for f in font_files()}),
    )


@cache
def characters() -> list[frozenset[str]]:
    """What each font can show. The regular cuts have no less than the others."""
    return [characters_of(file) for file in font_files() if file.stem.endswith("Regular")]


def font_files() -> list[Path]:
    folder: Path = settings.ROOT / "frontend" / "build" / "fonts"
    found = sorted(folder.glob("*.ttf"))
    if not found:
        raise ImproperlyConfigured(f"No fonts in {folder}: run `make assets`")
    return found
