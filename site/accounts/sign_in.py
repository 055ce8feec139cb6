"""Signing in: a password (or another first proof) opens the second step, the emailed code the session.

Between the two the session holds a `Pending` and nothing else; nobody is signed in.
"""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Self

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone
from django_otp import verify_token
from django_otp.models import Device

from accounts import sending_codes, session_life
from accounts.guesses import CODES_BEFORE_A_WARNING, Guesser
from accounts.limits import CODES
from accounts.models import CODE_LIFE, EmailCode, User, bounces
from accounts.second_steps.ways import has_any
from accounts.sending_codes import Post, TooManyError
from accounts.sessions import kept
from core import audit, outbox
from forms_engine import guests

SESSION_KEY = "pending"


class TooManyGuessesError(TooManyError):
    """As many wrong codes were typed as a day allows."""


@dataclass(frozen=True)
class Pending:
    """A sign-in whose first step is done, as the session keeps it. `nonce` ties its codes to this browser."""

    user: str
    backend: str
    epoch: int
    nonce: str
    codes: int = 1
    # Whether an app or a passkey is asked for in the place of an emailed code.
    is_strong: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """The one in this browser, if any."""
        kept = request.session.get(SESSION_KEY)
        return cls(**kept) if kept else None

    def person(self) -> User | None:
        """Whose sign-in it is. None where the account was disabled, or signed out everywhere, since."""
        people = User.objects.filter(pk=self.user, is_active=True, session_epoch=self.epoch)
        return people.select_related("email_code").first()

    def keep(self, request: HttpRequest) -> None:
        request.session[SESSION_KEY] = asdict(self)
        request.session.set_expiry(CODE_LIFE)


def start_second_step(request: HttpRequest, person: User, backend: str, guesser: Guesser) -> Pending:
    """Send `person` a code and wait for it in this browser, or for her app or passkey. Every first proof ends here.

    Raises TooManyCodesError. Whoever was signed in in this browser is signed out.
    """
    EmailCode.objects.get_or_create(user=person, defaults={"name": "email"})
    nonce, is_strong = secrets.token_urlsafe(16), has_any(person)
    if not is_strong:
        _send_code(person, nonce, guesser)
    pending = Pending(
        str(person.pk), backend, person.session_epoch, nonce, codes=int(not is_strong), is_strong=is_strong
    )
    kept.note_leaving(request)
    request.session.flush()
    pending.keep(request)
    return pending


def send_new_code(request: HttpRequest, pending: Pending, person: User, guesser: Guesser) -> None:
    """Send another code, which stops the one before. Raises TooSoonError and TooManyCodesError."""
    _send_code(person, pending.nonce, guesser, is_another=pending.codes > 0)
    replace(pending, codes=pending.codes + 1).keep(request)


def finish(request: HttpRequest, pending: Pending, person: User, code: str, guesser: Guesser) -> bool:
    """Sign `person` in if `code` is the one that was sent to her for this browser; say whether it was.

    Raises TooManyGuessesError, before it looks at the code.
    """
    token = f"{pending.nonce}:{code}"
    return finish_by(
        lambda: verify_token(person, person.email_code.persistent_id, token),
        request,
        pending,
        person,
        guesser,
    )


def finish_by(
    check: Callable[[], Device | None], request: HttpRequest, pending: Pending, person: User, guesser: Guesser
) -> bool:
    """Sign `person` in if `check` gives the device that she has just shown; say whether it did.

    Raises TooManyGuessesError, before it asks.
    """
    tries = guesser.counts_code()
    if tries > CODES.most:
        raise TooManyGuessesError(guesser.wait_for_codes())
    device = check()
    if device is None:
        audit.record("account.code-refused", actor=person, request=request)
        if tries == CODES_BEFORE_A_WARNING:
            outbox.put("email_person", {"person": str(person.pk), "template": "codes-guessed"})
        return False
    guesser.came_in()
    del request.session[SESSION_KEY]
    let_in(request, person, device, pending.backend)
    return True


def let_in(request: HttpRequest, person: User, device: Device, backend: str) -> None:
    """Sign `person` in, who has come through both steps, the second with `device`: every way in ends here."""
    audit.record("account.signed-in", actor=person, request=request)
    request.session.set_expiry(None)
    kept_sign_in = kept.keep(request, person)
    # django-otp's receiver of `user_logged_in` notes the device in the session.
    person.otp_device = device
    if isinstance(device, EmailCode):
        bounces.arrived(person.email)
    login(request, person, backend=backend)
    session_life.begin(request.session, person, sign_in=str(kept_sign_in.pk))
    guests.adopt(request, person, timezone.now())


def _send_code(person: User, nonce: str, guesser: Guesser, *, is_another: bool = False) -> None:
    sending_codes.send(
        lambda: EmailCode.objects.select_for_update().get(user=person),
        nonce,
        Post("email_code", {"person": str(person.pk)}),
        guesser.codes_allowed(person),
        is_another=is_another,
    )
