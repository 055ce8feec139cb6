"""Where somebody goes who closes a form: the page of the domain that asked for it."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from core.registry import Registry
from forms_engine.models import Assignment, Party
from forms_engine.registries import helpers


class WayBack(NamedTuple):
    """A link that leaves a form: where to, and its words ("Back to the SEND dashboard")."""

    url: str
    text: str


# `Assignment.about_kind` -> the way back from a form about such a thing. It must cost no query.
ways_back: Registry[Callable[[Assignment], WayBack]] = Registry("ways back")


def way_back(assignment: Assignment | None) -> WayBack:
    """The page of what the form is about; the person's home page where no domain registered one."""
    if assignment and assignment.about_kind in ways_back:
        return ways_back.get(assignment.about_kind)(assignment)
    return home()


def way_back_of(party: Party) -> WayBack:
    """The same for whoever has a form in progress open: staff who help go back to where they came from."""
    if party.is_guest:
        return WayBack("/", _("Back to the home page"))
    assignment = party.draft.assignment
    if party.helper and assignment and assignment.about_kind in helpers:
        return helpers.get(assignment.about_kind).way_back(party.helper, assignment)
    return way_back(assignment)


def home() -> WayBack:
    return WayBack(_home_url(), _("Back to your home page"))


@cache
def _home_url() -> str:
    return resolve_url(settings.LOGIN_REDIRECT_URL)
