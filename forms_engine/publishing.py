"""What stands between a form in the editor and the families: the checks, in an editor's words.

`FormDefinition.publish` is the one door: the edit page, scheduled publishing and `forms import` go through it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_engine.definition import DefinitionFaults, from_json
from forms_engine.registries import handlers
from forms_engine.rules.faults import Fault, Faults
from forms_engine.streams import Definition, from_stream

_STEP_INTO = re.compile(r"\.(sections|steps|questions|options)\[(\d+)\]")
_BLOCK = re.compile(r"^\$(\.(sections|steps|questions)\[\d+\])*")
_BOX = re.compile(r"\.(\w+)")
# What the JSON calls a step, the editor calls a page.
_STEP = re.compile(r"\bstep\b")
# How the rules say that something is not there (any more).
_NOT_THERE = [
    re.compile(pattern)
    for pattern in (
        r'there is no question "([^"]+)"',
        r'there is no step "([^"]+)"',
        r'"([^"]+)" is no question of this step',
        r'"[^"]+" has no answer ([^,]+)',
    )
]
_QUOTED = re.compile(r'"([^"]+)"')
# Pages and documents of this site, which the link dialog names by number.
# Families' pages know addresses only.
_NUMBERED_LINK = re.compile(r'<a [^>]*linktype="')


@dataclass(frozen=True)
class Finding:
    """One thing that is in the way. `where` names it in words; `block` is the id to open, "" for the form.

    `box`: the name of its box in the block, or of the form's own.
    """

    where: str
    message: str
    block: str = ""
    box: str = ""

    @property
    def target(self) -> str:
        """What a link to it names: `admin/checks.js` opens that, and puts the focus there."""
        if self.block:
            return f"block-{self.block}-section{f':{self.box}' if self.box else ''}"
        return f"id_{self.box}" if self.box else ""


class Edited(Definition, Protocol):
    """A form in the editor, which knows how it looked before: a `FormDefinition`."""

    def earlier(self) -> Iterator[Mapping[str, Any]]: ...


class UnsoundFormError(ValueError):
    """A form with findings was to be published."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{finding.where}: {finding.message}" for finding in findings))


def check(definition: Edited) -> list[Finding]:
    """Everything that is in the way of publishing the form as it stands. Empty: nothing is."""
    return check_data(from_stream(definition), definition.earlier)


def check_data(
    data: Mapping[str, Any], earlier: Callable[[], Iterable[Mapping[str, Any]]] = tuple
) -> list[Finding]:
    """The same for a form's JSON. `earlier` gives that of earlier states, newest first: what was deleted is
    named as it was called there."""
    faults = [*_faults(data), *_link_faults(data), *_notice_faults(data), *_reader_faults(data)]
    names = dict(_names(data))
    missing = {id for _path, words in faults if (id := _missing_id(words)) and id not in names}
    deleted = dict.fromkeys(missing, "") | _names_of(missing, earlier)
    findings = [_finding(data, names, deleted, fault) for fault in faults]
    return list(dict.fromkeys(findings))


def _missing_id(message: str) -> str:
    """The id of what a fault says is not there, "" for other faults."""
    found = next((match for pattern in _NOT_THERE if (match := pattern.match(message))), None)
    return found[1] if found else ""


def _names_of(missing: set[str], earlier: Callable[[], Iterable[Mapping[str, Any]]]) -> dict[str, str]:
    """What each was last called. Looks no further back than it must."""
    found: dict[str, str] = {}
    for data in earlier() if missing else ():
        found = {id: name for id, name in _names(data) if id in missing} | found
        if found.keys() == missing:
            break
    return found


def _faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    try:
        from_json(data)
    except DefinitionFaults as unsound:
        return unsound.faults
    return ()


def _link_faults(data: Mapping[str, Any]) -> Faults:
    message = _("A link leads to a page of this site by name. Write its address instead, such as /help/")
    for path, question in _questions(data):
        if _NUMBERED_LINK.search(question.get("config", {}).get("text", "")):
            yield Fault(path, message)


def _notice_faults(data: Mapping[str, Any]) -> Faults:
    notice = data.get("notice", "")
    # By name: this module is imported by the models.
    known = apps.get_model("forms_engine", "PrivacyNotice").objects
    if notice and not known.filter(slug=notice).exists():
        words = _(
            "This form begins with the data-protection notice “%(notice)s”, and there is none of that short name. "
            "Make it first, under “Data protection”, or choose another under Settings."
        )
        yield Fault("$.notice", words % {"notice": notice})


def _reader_faults(data: Mapping[str, Any]) -> Faults:
    name = data["handler"]
    if data.get("offered_to") and not (name in handlers and handlers.get(name).takes_unasked):
        words = _(
            "People may begin this form by themselves, but nobody would read it. Under Settings, choose what happens "
            "“when it is sent” so that it comes to a team, or let nobody begin it by themselves."
        )
        yield Fault("$.offered_to", words)


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


def _finding(
    data: Mapping[str, Any], names: Mapping[str, str], deleted: Mapping[str, str], fault: Fault
) -> Finding:
    path, message = fault
    places, block = [], ""
    box = _box_of(path)
    here: Any = data
    for kind, index in _STEP_INTO.findall(path):
        here = here[kind][int(index)]
        if kind != "options":
            places.append(here.get("title") or here.get("label") or _UNNAMED[kind]())
            block = here["id"]
    where, words = " > ".join(places) or _("The form"), _in_words(path, here, names, deleted, message)
    if path.startswith("$.translations"):
        # They have a page of their own, and no box among the form's.
        where, box = _("Translations"), ""
    if path == "$.sections" and data["sections"]:
        # The page that sends the form is added at the end of the last section.
        block, box = data["sections"][-1]["id"], "steps"
    return Finding(where, words, block, box)


def _box_of(path: str) -> str:
    """The name of the editor's box that a place of the JSON is written in; "" where that is a whole block."""
    rest = _BLOCK.sub("", path).removeprefix(".config").removeprefix(".group")
    box = _BOX.match(rest)
    return box[1] if box else ""


_UNNAMED = {
    "sections": lambda: _("section without a title"),
    "steps": lambda: _("page without a title"),
    "questions": lambda: _("question without words"),
}


# What the rules say of a form's JSON -> the same to somebody who works in the editor, where there is more to say.
IN_EDITORS_WORDS: Mapping[str, Promise] = {
    "a section needs at least one step": gettext_lazy(
        "This section is empty. Add a page to it, or delete it."
    ),
    "a step needs something on its page": gettext_lazy(
        "This page is empty. Add a question, or delete the page."
    ),
    "only the last step of a form may be one that sends it": gettext_lazy(
        "“Check answers and send” must be the last page. Move it to the end."
    ),
    "the step that sends the form must always be shown": gettext_lazy(
        "This page sends the form, so everybody must see it. Take its condition away."
    ),
    "most must be at least 1, and least no more than that": gettext_lazy(
        "People must be able to add at least one, and the least must not be more than the most."
    ),
    "a question needs its words": gettext_lazy("This question has no words yet."),
    "at least two answers to choose from are needed here": gettext_lazy(
        "People need something to choose from. Write two answers or more."
    ),
    "only one answer can be chosen here anyway": gettext_lazy(
        "An answer that stands alone is only of use where people can tick several. Untick “stands alone”."
    ),
    "a text that asks nothing can only be optional": gettext_lazy(
        "Nobody can answer this text, so it cannot be required. Make it optional."
    ),
}


def _in_words(
    path: str, here: Mapping[str, Any], names: Mapping[str, str], deleted: Mapping[str, str], message: str
) -> str:
    """The fault as it reads to somebody who has never met an id."""
    key = path.rpartition(".")[2]
    if key in ("title", "label") and not here.get(key):
        return _("This has no words yet.")
    if any(
        f".{name}" in path and _is_unfinished(here.get(name))
        for name in ("show_if", "required_if", "advised_if")
    ):
        return _("A condition is not finished: choose the question and the answer.")
    if (missing := _missing_id(message)) in deleted:
        return _was_deleted(path, deleted[missing])
    if path == "$.sections":
        return _("The last page must be “Check answers and send”: without it nobody can send the form.")
    if message in IN_EDITORS_WORDS:
        return str(IN_EDITORS_WORDS[message])
    worded = _QUOTED.sub(lambda quoted: f"“{names.get(quoted[1]) or quoted[1]}”", message)
    worded = _STEP.sub(_("page"), worded)
    return f"{worded[:1].upper()}{worded[1:]}{'' if worded.endswith('.') else '.'}"


def _was_deleted(path: str, name: str) -> str:
    is_condition = any(f".{key}" in path for key in ("show_if", "required_if", "advised_if", "when"))
    if name and is_condition:
        words = _(
            "This condition uses “%(name)s”, which was deleted. Choose another, or remove the condition."
        )
    elif name:
        words = _("This uses “%(name)s”, which was deleted. Choose another, or take it out.")
    elif is_condition:
        words = _("This condition uses something that was deleted. Choose another, or remove the condition.")
    else:
        words = _("This uses something that was deleted. Choose another, or take it out.")
    return words % {"name": name}


def _is_unfinished(condition: Any) -> bool:
    """Whether a row of the condition still lacks its question or its answer."""
    if not isinstance(condition, dict):
        return True
    if "not" in condition:
        return _is_unfinished(condition["not"])
    rows = next((condition[joint] for joint in ("all", "any") if joint in condition), None)
    if isinstance(rows, list):
        return any(_is_unfinished(row) for row in rows) or not rows
    if "has" in condition:
        return _is_unfinished(condition["has"])
    read = condition.get("question") or condition.get("items")
    return not read or condition.get("value", True) in ("", None, [])
