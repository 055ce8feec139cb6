"""The catalogues in locale/: compiled as they are written, fit for what they are filled with, and whole."""

import ast
import gettext
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management.utils import is_ignored_path, normalize_path_patterns
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
# What asks for a translation. A template is made into such calls by Django, as `makemessages` reads it.
NAMES = re.compile(r"_|n?p?gettext(_lazy|_noop)?")
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(({STRING}(?:, *{STRING})*)(?:, *count)?\)")
# Where the same module holds what families read and how a form's editor calls a type and its settings. The latter is
# said once, when the module is loaded, so it is lazy; a family's page asks for its words when it is made.
TYPES = ROOT / "forms_engine/types"


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


class Said(NamedTuple):
    """A text as it stands in the code, with what tells it from another that reads alike."""

    context: str
    text: str
    for_editors: bool


@cache
def said() -> frozenset[Said]:
    """Every text that `make messages` collects, found without GNU gettext."""
    return frozenset(each for path in translated_files() for each in said_in(path))


def translated_files() -> Iterator[Path]:
    """The files that the Makefile does not leave out under NOT_TRANSLATED."""
    plan = subprocess.run(["make", "-n", "messages"], cwd=ROOT, capture_output=True, text=True, check=True)
    left_out = normalize_path_patterns([".*", *re.findall(r"--ignore (\S+)", plan.stdout)])
    assert len(left_out) > 50
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if not is_ignored_path(here / name, left_out)]
        yield from (
            ROOT / here / name
            for name in names
            if name.endswith((".py", ".html", ".txt")) and not is_ignored_path(here / name, left_out)
        )


def said_in(path: Path) -> Iterator[Said]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        for found in CALL.finditer(templatize(source)):
            yield said_by(found[1], list(ast.literal_eval(f"({found[2]},)")))
        return
    # Most modules say nothing to anybody.
    for node in ast.walk(ast.parse(source)) if "gettext" in source else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and NAMES.fullmatch(node.func.id):
            values = [each.value for each in node.args if isinstance(each, ast.Constant)]
            texts = [value for value in values if isinstance(value, str)]
            if texts:
                is_lazy = node.func.id.endswith("_lazy")
                yield said_by(node.func.id, texts, for_editors=is_lazy and path.parent == TYPES)


def said_by(name: str, texts: list[str], *, for_editors: bool = False) -> Said:
    context = texts.pop(0) if "pgettext" in name else ""
    return Said(context, texts[0], for_editors)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_lists_what_is_in_the_code(path: Path) -> None:
    # The first holds what is said of the catalogue itself. A doubtful one is not listed.
    listed = {(entry.get("msgctxt", ""), entry["msgid"]) for entry in entries(path) if entry["msgid"]}
    collected = {(each.context, each.text) for each in said()}
    assert listed == collected, "run `make messages`, and translate what is new or marked fuzzy"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_all_that_families_meet_is_translated(path: Path) -> None:
    gaps = {
        (entry.get("msgctxt", ""), entry["msgid"])
        for entry in entries(path)
        if not all(text for word, text in entry.items() if word.startswith("msgstr"))
    }
    families = {(each.context, each.text) for each in said() if not each.for_editors}
    assert gaps.isdisjoint(families), sorted(gaps & families)
