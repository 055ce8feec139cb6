"""How two states of a form differ, in an editor's words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from forms_engine.authoring.outline import outline
from forms_engine.preview import CHILD
from forms_engine.rules.changes import Change, Difference, compare
from forms_engine.spec import Form
from forms_engine.wording import wording_for

Parts = Mapping[str, Any]
Notes = Mapping[str, tuple[str, ...]]


class Line(NamedTuple):
    """One difference: what happened to which part, and in words what was there and what is."""

    said: str
    was: str = ""
    now: str = ""


def differences(old: Form, new: Form) -> list[Line]:
    """What has to be done to `old` to make it `new`, in order."""
    before, after = _parts(old), _parts(new)
    was, now = _notes(old), _notes(new)
    lines = list[Line]()
    told = set[str]()
    for each in compare(old, new):
        if each.change is Change.REWORDED:
            lines += _reworded(each, before, after)
        elif each.change in _IN_NOTES:
            # Its notes say all of it at once: when it is asked, whether it must be answered, its limits.
            if each.id in told and each.id in now:
                continue
            told.add(each.id)
            lines.append(_noted(each, after, was.get(each.id, ()), now.get(each.id, ())))
        else:
            lines.append(Line(_said(each, before, after)))
    return lines


_IN_NOTES = (Change.RULE, Change.OTHER)


def _said(each: Difference, before: Parts, after: Parts) -> str:
    part = after.get(each.id) or before.get(each.id)
    name = getattr(part, "title", "") or getattr(part, "label", "") or each.id
    kind = _kinds().get(each.part, each.part)
    return f"{_changes()[each.change]}: {kind}" + (f" “{name}”" if name else "")


def _reworded(each: Difference, before: Parts, after: Parts) -> list[Line]:
    said = _said(each, before, after)
    old, new = before.get(each.id), after.get(each.id)
    if old is None or new is None:
        return [Line(said)]
    texts = [
        (str(getattr(old, key, "")), str(getattr(new, key, ""))) for key in each.keys if hasattr(new, key)
    ]
    return [Line(said, was, now) for was, now in texts] or [Line(said)]


def _noted(each: Difference, after: Parts, was: tuple[str, ...], now: tuple[str, ...]) -> Line:
    gone = " ".join(note for note in was if note not in now)
    come = " ".join(note for note in now if note not in was)
    return Line(_said(each, after, after), gone, come)


def _notes(form: Form) -> Notes:
    """The notes of the whole form on one page, by the parts' ids."""
    notes = dict[str, tuple[str, ...]]()
    for section in outline(form, wording_for({"child": CHILD})):
        notes[section.id] = section.notes
        for step in section.steps:
            notes[step.id] = step.notes
            for each in step.questions:
                notes[each.id] = (each.kind, each.level, *each.notes)
                # "yes" and "no" are called so under every question.
                notes |= {option.id: (option.note,) for option in each.options if option.id not in _SHARED}
    return notes


_SHARED = ("yes", "no")


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
                parts |= {option.id: option for option in (*question.options, *question.rows)}
                parts |= {column.id: column for column in question.columns}
    return parts
