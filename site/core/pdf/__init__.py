"""PDFs that everybody can read (PDF/UA-1): a constant typst template, and data that stays data.

10 to 35 ms each once the fonts are loaded, so they are made in the request that asks for them.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext

from core import lazily
from core.pdf.glyphs import MISSING, characters_of, script_of, showable_data, unshowable
from core.pdf.row_names import with_row_names

TEMPLATES = Path(__file__).parent
typst = lazily.module("typst")


def render(template: str, data: dict[str, Any]) -> bytes:
    """The PDF that `template` ("answers") makes of `data`. Whatever a text holds is shown as it stands,
    and what our fonts have no picture of is named at the top. In every table the first cell of a row names the row.

    What each template expects stands at its top. Raises ImproperlyConfigured where the fonts were not fetched.
    """
    shown = json.dumps(showable_data(data, characters()), ensure_ascii=False)
    # To look at each letter again takes time, and nearly every document has none that is missing.
    missing = unshowable(data, characters()) if MISSING in shown else set()
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"data": shown, "missing": _sentence_on(missing)},
        pdf_standards=["ua-1"],
    )
    return with_row_names(bytes(made))


def _sentence_on(missing: set[str]) -> str:
    """What could not be printed, by the names of the scripts. "" where everything could."""
    if not missing:
        return ""
    scripts = sorted({_script_name(script_of(letter)) for letter in missing})
    return gettext(
        "Some letters or signs cannot be printed here: %(scripts)s. Where they belong stands %(sign)s. "
        "What was typed is kept as it is, and can be read on the screen."
    ) % {"scripts": ", ".join(scripts), "sign": MISSING}


def _script_name(script: str) -> str:
    """Unicode's own name where people use it too ("Thai", "Ethiopic")."""
    usual = {
        "": gettext("special signs"),
        "Cjk": gettext("Chinese or Japanese"),
        "Hiragana": gettext("Japanese"),
        "Katakana": gettext("Japanese"),
        "Hangul": gettext("Korean"),
    }
    return usual.get(script, script)


@cache
def fonts() -> Any:
    """The fonts (`typst.Fonts`) that we ship, read once. Never the machine's own: a PDF looks the same everywhere."""
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
