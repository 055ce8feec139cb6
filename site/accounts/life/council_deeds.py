"""What people at the council did with somebody's account, as she reads it. It comes out of the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import AuditEntry

# As long as her sign-ins are kept (`accounts.models.sessions`).
SHOWN_FOR = timedelta(days=90)
MOST = 100

# The form of each says that she reads the reason.
_WITH_REASON: Mapping[str, str | Promise] = {
    "account.viewed-as": _(
        "Somebody looked at the portal as you see it. They saw no forms, messages or documents"
    ),
    "limit.lifted": _("Somebody ended a wait after many tries, so that you could go on"),
}
_WITHOUT: Mapping[str, str | Promise] = {
    "account.looked-at": _("Somebody looked at your details, to help a person who said they were you"),
    "account.caller-asked": _("Somebody asked a caller who they were"),
    "account.mailbox-asked": _("Somebody asked for a new email address for your account"),
    "account.signed-out-by-council": _("Somebody signed you out on all phones and computers"),
    "identity.read": _("Somebody looked at your details, to make sure who you are"),
    "identity.confirmed": _("Somebody made sure who you are"),
}


@dataclass(frozen=True)
class Deed:
    at: datetime
    said: str
    reason: str


def deeds(person: User, at: datetime) -> list[Deed]:
    """The newest first. One query. Who of the council it was is not said: the council answers for its people."""
    entries = AuditEntry.objects.filter(
        object_type=User._meta.label_lower,
        object_id=person.pk,
        verb__in=[*_WITH_REASON, *_WITHOUT],
        at__gt=at - SHOWN_FOR,
    ).exclude(actor_id=person.pk)
    return [_deed(entry) for entry in entries.order_by("-id")[:MOST]]


def _deed(entry: AuditEntry) -> Deed:
    if entry.verb in _WITH_REASON:
        return Deed(entry.at, str(_WITH_REASON[entry.verb]), entry.reason)
    return Deed(entry.at, str(_WITHOUT[entry.verb]), "")
