"""Staff who view the portal as somebody: it stands in their session, for a quarter of an hour at most."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.http import HttpRequest
from django.utils import timezone

from accounts.access import may_enter_admin
from accounts.models import User
from core import audit

PERMISSION = "accounts.view_as"
KEY = "view_as"
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Viewing:
    """`person`: whom as (UUID). `until`: seconds since 1970."""

    person: str
    until: float

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """The one in this session, over or not."""
        kept = request.session.get(KEY)
        return cls(**kept) if kept else None

    def is_over(self, at: datetime) -> bool:
        return at.timestamp() >= self.until

    @property
    def ends_at(self) -> datetime:
        return datetime.fromtimestamp(self.until, tz=timezone.get_default_timezone())


def may_be_viewed(viewer: User, person: User) -> bool:
    """Whether `viewer` may see the portal as `person`: never as one of the council's own people."""
    return (
        viewer.pk != person.pk
        and viewer.has_perm(PERMISSION)
        and person.is_active
        and not may_enter_admin(person)
    )


def begin(request: HttpRequest, person: User, reason: str) -> None:
    """View the portal as `person` from now on. Written down first; she reads it, with the reason."""
    audit.record("account.viewed-as", request=request, obj=person, reason=reason)
    request.session[KEY] = asdict(Viewing(str(person.pk), (timezone.now() + LASTS).timestamp()))


def end(request: HttpRequest) -> None:
    """Be oneself again. Safe to repeat."""
    request.session.pop(KEY, None)
