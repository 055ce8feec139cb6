"""Short words for lists that staff read."""

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework import wording
from schools.models import Child

SOON_DAYS = 7
# What is owed, by the timetable's ids; its own words are longer.
DUTIES: Mapping[str, Promise] = {
    "E1": gettext_lazy("Decide whether to assess"),
    "E3": gettext_lazy("Decide whether a plan is needed"),
    "E4": gettext_lazy("Draft plan to the family"),
    "E5": gettext_lazy("Comments from the family"),
    "E7": gettext_lazy("Final plan"),
}


def in_words(days: int) -> str:
    """ "3 days late", "Due today", "Due tomorrow", "in 9 days"."""
    if days < 0:
        return wording.days_late(-days)
    near = {0: _("Due today"), 1: _("Due tomorrow")}
    return near.get(days) or _("in %(days)s days") % {"days": days}


def tone_of(days: int) -> str:
    """The tone of a date so many days ahead: "late", "soon" (a week), "far". Never shown by colour alone."""
    if days < 0:
        return "late"
    return "soon" if days <= SOON_DAYS else "far"


def years(child: Child, day: dt.date) -> str:
    """ "7 years": the age on `day`."""
    born = child.date_of_birth
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return (ngettext("%(age)s year", "%(age)s years", age) % {"age": age}).replace(" ", "\N{NO-BREAK SPACE}")
