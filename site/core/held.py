"""What the audit and the register of waits hold about somebody, for the download of all that is held about her."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from core.dates import clock_text, day_text
from core.limits import limits
from core.models import AuditEntry, LimitReached
from core.names import deed
from core.people import Person
from core.personal_data import Section

# The newest. Whoever has worked here for years has done more than anybody reads on paper.
MOST = 1000


def export(person: Person, day: dt.date) -> Iterator[Section]:
    """What was done about her and by her. By whom in words of roles: the council answers for its people."""
    label = settings.AUTH_USER_MODEL.lower()
    about = Q(object_type=label, object_id=person.pk) | Q(subject_type=label, subject_id=person.pk)
    entries = AuditEntry.objects.filter(about | Q(actor_id=person.pk)).order_by("-id")[: MOST + 1]
    rows = [(_moment(entry.at), [deed(entry.verb), _by_whom(entry, person)]) for entry in entries]
    if len(rows) > MOST:
        rows[MOST:] = [(_("Older ones"), [_("There are more. Ask us for them")])]
    yield Section(_("What was done with your account, and what you did"), rows)
    waits = LimitReached.objects.filter(person_id=person.pk)
    yield Section(
        _("Waits after many tries at your account"),
        [(_moment(row.since), [_why(row.scope)]) for row in waits],
    )


def _by_whom(entry: AuditEntry, person: Person) -> str:
    if entry.actor_id == person.pk:
        return _("By you")
    if entry.actor_id is None:
        return _("By the portal, or by somebody who was not signed in")
    return (
        _("By somebody in the role: %(role)s") % {"role": entry.role} if entry.role else _("By somebody else")
    )


def _why(scope: str) -> str:
    return str(limits.get(scope).why) if scope in limits else scope


def _moment(at: dt.datetime) -> str:
    return f"{day_text(at)}, {clock_text(at)}"
