"""What stands between a form in the editor and the families: the checks, in an editor's words.

`FormDefinition.publish` is the one door: the edit page, scheduled publishing and `forms import` go through it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.definition import DefinitionFaults, from_json
from forms_engine.schema import Fault
from forms_engine.streams import Definition, from_stream

_STEP_INTO = re.compile(r"\.(sections|steps|questions|options)\[(\d+)\]")
# What the JSON calls a step, the editor calls a page.
_STEP = re.compile(r"\bstep\b")
_QUOTED = re.compile(r'"([^"]+)"')
# Pages and documents of this site, which the link dialog names by number.
# Families' pages know addresses only.
_NUMBERED_LINK = re.compile(r'<a [^>]*linktype="')


@dataclass(frozen=True)
class Finding:
    """One thing that is in the way. `where` names it in words; `block` is the id to open, "" for the form."""

    where: str
    message: str
    block: str = ""


class UnsoundFormError(ValueError):
    """A form with findings was to be published."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{finding.where}: {finding.message}" for finding in findings))


def check(definition: Definition) -> list[Finding]:
    """Everything that is in the way of publishing the form as it stands. Empty: nothing is."""
    return check_data(from_stream(definition))


def check_data(data: Mapping[str, Any]) -> list[Finding]:
    """The same for a form's JSON."""
    names = dict(_names(data))
    findings = [_finding(data, names, fault) for fault in [*_faults(data), *_link_faults(data)]]
    return list(dict.fromkeys(findings))


def _faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    try:
        from_json(data)
    except DefinitionFaults as unsound:
        return unsound.faults
    return ()


def _link_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    message = _("A link leads to a page of this site by name. Write its address instead, such as /help/")
    for path, question in _questions(data):
        if _NUMBERED_LINK.search(question.get("config", {}).get("text", "")):
            yield path, message


def _questions(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place, section in enumerate(data["sections"]):
        for index, step in enumerate(section["steps"]):
            for at, question in enumerate(step.get("questions", ())):
                yield f"$.sections[{place}].steps[{index}].questions[{at}]", question


def _names(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Id -> what an editor calls it."""
    for section in data["sections"]:
        yield section["id"], section["title"]
        for step in section["steps"]:
            yield step["id"], step["title"]
    for _path, question in _questions(data):
        yield question["id"], question["label"] or _("question without words")
        for option in question.get("options", ()):
            yield option.get("id", ""), option.get("label", "")


def _finding(data: Mapping[str, Any], names: Mapping[str, str], fault: Fault) -> Finding:
    path, message = fault
    places, block = [], ""
    here: Any = data
    for kind, index in _STEP_INTO.findall(path):
        here = here[kind][int(index)]
        if kind != "options":
            places.append(here.get("title") or here.get("label") or _UNNAMED[kind]())
            block = here["id"]
    return Finding(" > ".join(places) or _("The form"), _in_words(path, here, names, message), block)


_UNNAMED = {
    "sections": lambda: _("section without a title"),
    "steps": lambda: _("page without a title"),
    "questions": lambda: _("question without words"),
}


def _in_words(path: str, here: Mapping[str, Any], names: Mapping[str, str], message: str) -> str:
    """The fault as it reads to somebody who has never met an id."""
    key = path.rpartition(".")[2]
    if key in ("title", "label") and not here.get(key):
        return _("This has no words yet.")
    if ".show_if" in path and _is_unfinished(here.get("show_if")):
        return _("A condition is not finished: choose the question and the answer.")
    if path == "$.sections":
        return _("The last page must be “Check answers and send”: without it nobody can send the form.")
    worded = _QUOTED.sub(lambda quoted: f"“{names.get(quoted[1]) or quoted[1]}”", message)
    worded = _STEP.sub(_("page"), worded)
    return f"{worded[:1].upper()}{worded[1:]}{'' if worded.endswith('.') else '.'}"


def _is_unfinished(condition: Any) -> bool:
    """Whether a row of the condition still lacks its question or its answer."""
    if not isinstance(condition, dict):
        return True
    if "not" in condition:
        return _is_unfinished(condition["not"])
    rows = next((condition[joint] for joint in ("all", "any") if joint in condition), None)
    if isinstance(rows, list):
        return any(_is_unfinished(row) for row in rows) or not rows
    return not condition.get("question") or condition.get("value", True) in ("", None, [])
