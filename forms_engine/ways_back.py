"""Where somebody goes who closes a form: the page of the domain that asked for it."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from core.registry import Registry
from forms_engine.models import Assignment


class WayBack(NamedTuple):
    """A link that leaves a form: where to, and its words ("Back to Ada's SEND dashboard")."""

    url: str
    text: str


# `Assignment.about_kind` -> the way back from a form about such a thing. It must cost no query.
ways_back: Registry[Callable[[Assignment], WayBack]] = Registry("ways back")


def way_back(assignment: Assignment | None) -> WayBack:
    """The page of what the form is about; the person's home page where no domain registered one."""
    if assignment and assignment.about_kind in ways_back:
        return ways_back.get(assignment.about_kind)(assignment)
    return WayBack(resolve_url(settings.LOGIN_REDIRECT_URL), _("Back to your home page"))
