"""How two states of a form differ, in an editor's words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from forms_engine.rules.changes import Change, Difference, compare
from forms_engine.spec import Form


class Line(NamedTuple):
    """One difference: what happened to which part, and of words, what they were and what they are."""

    said: str
    was: str = ""
    now: str = ""


def differences(old: Form, new: Form) -> list[Line]:
    """What has to be done to `old` to make it `new`, in order."""
    before, after = _parts(old), _parts(new)
    return [line for each in compare(old, new) for line in _lines(each, before, after)]


def _lines(each: Difference, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    part = after.get(each.id) or before.get(each.id)
    name = getattr(part, "title", "") or getattr(part, "label", "") or each.id
    kind = _kinds().get(each.part, each.part)
    said = f"{_changes()[each.change]}: {kind}" + (f" “{name}”" if name else "")
    old, new = before.get(each.id), after.get(each.id)
    if each.change is not Change.REWORDED or old is None or new is None:
        return [Line(said)]
    texts = [
        (str(getattr(old, key, "")), str(getattr(new, key, ""))) for key in each.keys if hasattr(new, key)
    ]
    return [Line(said, was, now) for was, now in texts] or [Line(said)]


def _changes() -> dict[Change, str]:
    return {
        Change.REMOVED: _("Removed"),
        Change.ADDED: _("Added"),
        Change.MOVED: _("Moved"),
        Change.REWORDED: _("Reworded"),
        Change.RULE: _("Asked of other people, or checked in another way"),
        Change.OTHER: _("Changed"),
    }


def _kinds() -> dict[str, str]:
    return {
        "form": _("form"),
        "section": _("section"),
        "step": _("page"),
        "question": _("question"),
        "option": _("answer"),
        "row": _("row"),
        "column": _("column"),
    }


def _parts(form: Form) -> dict[str, Any]:
    """Every part by its id; the form itself by ""."""
    parts: dict[str, Any] = {"": form}
    for section in form.sections:
        parts[section.id] = section
        for step in section.steps:
            parts[step.id] = step
            for question in step.questions:
                parts[question.id] = question
                parts |= {option.id: option for option in question.options}
    return parts
