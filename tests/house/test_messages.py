"""The catalogues in locale/: compiled as they are written, and fit for what they are filled with."""

import gettext
import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parents[2] / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")


def entries(path: Path) -> list[dict[str, str]]:
    """What a catalogue says, entry by entry: keyword -> text. Those that are marked doubtful do not count."""
    found = []
    for block in path.read_text().split("\n\n")[1:]:
        if "#, fuzzy" not in block and "#~" not in block:
            lines = re.findall(r'^(?:(\w+(?:\[\d\])?) )?"(.*)"$', block, re.MULTILINE)
            entry, keyword = dict[str, str](), ""
            for word, text in lines:
                keyword = word or keyword
                entry[keyword] = entry.get(keyword, "") + re.sub(r"\\(.)", _unescaped, text)
            found.append(entry)
    return found


def _unescaped(escape: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(escape[1], escape[1])


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written = {}
    for entry in entries(path):
        key = "\x04".join(filter(None, (entry.get("msgctxt"), entry["msgid"])))
        if entry.get("msgstr"):
            written[key] = entry["msgstr"]
        elif entry.get("msgstr[0]"):
            written |= {
                (key, int(word[7])): text for word, text in entry.items() if word.startswith("msgstr[")
            }
    assert {key: text for key, text in compiled.items() if key} == written


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_holds_what_is_put_in(path: Path) -> None:
    for entry in entries(path):
        one, many = entry["msgid"], entry.get("msgid_plural", entry["msgid"])
        for word, text in entry.items():
            if word.startswith("msgstr") and text:
                meant = one if word in ("msgstr", "msgstr[0]") else many
                assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(meant)), one
