"""The sign-ins that are kept: written as somebody comes in, and ended one by one or all together."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import known_browser, session_life
from accounts.models import SignIn, User
from accounts.rules.devices import device_of
from core import limiter, outbox


def keep(request: HttpRequest, person: User) -> SignIn:
    """Write down that `person` signs in. She gets an email where this browser is new to her account.

    Ask before Django's `login`, which notes that she was here: the first sign-in of all is news to nobody.
    """
    device = device_of(request.headers.get("User-Agent", ""))
    sign_in = SignIn.objects.create(
        user=person,
        browser=device.browser,
        system=device.system,
        network=limiter.network(request),
        epoch=person.session_epoch,
    )
    if person.last_login and not known_browser.browser_of(request, person.email_key):
        outbox.put("email_new_browser", {"sign_in": str(sign_in.pk)})
    return sign_in


def stamp(life: session_life.Life) -> None:
    """Note that the session was used: as often as its own stamp is saved (`session_life.renew`)."""
    if life.sign_in:
        SignIn.objects.filter(pk=life.sign_in).update(seen_at=_moment(life.seen))


def is_open(sign_in: SignIn, person: User, at: datetime) -> bool:
    """Whether the session that it began may still be used."""
    idle = session_life.idle_seconds(person)
    stamps = (sign_in.at.timestamp(), sign_in.seen_at.timestamp())
    life = session_life.Life(*stamps, idle, sign_in.epoch, str(sign_in.pk))
    return sign_in.ended_at is None and not life.is_over(person, at.timestamp())


def end(sign_in: SignIn) -> None:
    """End the session that it began, from its next request on."""
    with transaction.atomic():
        # The lock: of two that are ended at once, both are on the person's list.
        person = User.objects.select_for_update().get(pk=sign_in.user_id)
        now = timezone.now()
        SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=now)
        lasting = now - timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
        ended = person.sign_ins.filter(at__gt=lasting, ended_at__isnull=False)
        User.objects.filter(pk=person.pk).update(
            ended_sessions=[str(pk) for pk in ended.values_list("pk", flat=True)]
        )


def note_leaving(request: HttpRequest) -> None:
    """Somebody signs out: her session is not shown as open any more."""
    life = session_life.Life.of(request.session)
    if life and life.sign_in:
        SignIn.objects.filter(pk=life.sign_in, ended_at=None).update(ended_at=timezone.now())


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone())
