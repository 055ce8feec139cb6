"""How long a signed-in session lives: stamps in the session itself, so that asking costs no query."""

import time
from dataclasses import asdict, dataclass, replace
from typing import Self

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.access import may_enter_admin
from accounts.models import SignIn, User

KEY = "life"
# Seconds. The stamp of the last request is saved no more often than this: not every page should write.
STAMP_EVERY = 60
ENDED_KEY = "ended"
ENDED_SECONDS = 15 * 60


@dataclass(frozen=True)
class Life:
    """When a session began and was last used (seconds since 1970), how long it may idle, and its epoch.

    `sign_in` is the id of the `SignIn` that began it.
    """

    began: float
    seen: float
    idle: int
    epoch: int
    sign_in: str = ""

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """What the session says, or None where it never came through our sign-in."""
        stamps = session.get(KEY)
        return cls(**stamps) if stamps else None

    @property
    def ends_at(self) -> float:
        """The moment at which the session is over if nothing more happens, in seconds since 1970."""
        return min(self.seen + self.idle, self.began + settings.SESSION_ABSOLUTE_SECONDS)

    def is_over(self, person: User, at: float) -> bool:
        """Idle or old too long, ended by its owner, or signed out everywhere since (the person's epoch moved on)."""
        ended = self.epoch != person.session_epoch or self.sign_in in person.ended_sessions
        return ended or at >= self.ends_at


def begin(session: SessionBase, person: User, at: float | None = None, sign_in: str = "") -> None:
    """Stamp a session that has come through both steps."""
    now = time.time() if at is None else at
    _save(session, Life(now, now, idle_seconds(person), person.session_epoch, sign_in))


def idle_seconds(person: User) -> int:
    """How long a session of this person may go unused."""
    return settings.SESSION_IDLE_SECONDS["admin" if may_enter_admin(person) else "default"]


def renew(session: SessionBase, life: Life, at: float) -> Life:
    """Note that the session was used, at most once a minute; its life from then on."""
    if at - life.seen < STAMP_EVERY:
        return life
    return _save(session, replace(life, seen=at))


def go_on(session: SessionBase, person: User) -> None:
    """Let this session outlive a sign-out everywhere that its owner asked for in it. It lasts no longer by that."""
    life = Life.of(session)
    if life:
        _save(session, replace(life, epoch=person.session_epoch))
        if life.sign_in:
            SignIn.objects.filter(pk=life.sign_in).update(epoch=person.session_epoch)


def note_end(session: SessionBase) -> None:
    """Let the sign-in page say why somebody is asked again. The session holds nothing else by then."""
    session[ENDED_KEY] = True
    session.set_expiry(ENDED_SECONDS)


def has_ended(session: SessionBase) -> bool:
    """Whether a signed-in session of this browser ended by itself a short while ago."""
    return ENDED_KEY in session


def _save(session: SessionBase, life: Life) -> Life:
    session[KEY] = asdict(life)
    return life
