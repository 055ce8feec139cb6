"""Putting a new password in the place of the old one."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import session_life
from accounts.models import OneTimePassword, PastPassword, User
from accounts.rules.passwords import normal
from core import audit, outbox


class Overtaken(Exception):
    """Meanwhile the password was changed in another window, or the proof was used."""


def replace_password(
    person: User, password: str, *, verb: str, request: HttpRequest, proof: OneTimePassword | None = None
) -> None:
    """Give `person` a password that keeps the rules, end all her sessions, and tell her so by email. Raises Overtaken.

    `verb` is what the audit calls it. `proof` is used up by it, where it comes in the place of the password before.
    The session of `request` ends with the others: `go_on` begins it anew.
    """
    encoded = make_password(normal(password))  # Slow on purpose: before the transaction.
    with transaction.atomic():
        if proof and not proof.use_up():
            raise Overtaken
        same = User.objects.filter(pk=person.pk, password=person.password)
        if not same.update(password=encoded, session_epoch=F("session_epoch") + 1):
            raise Overtaken
        _remember(person)
        # Whatever else lies in a mailbox opens nothing any more.
        OneTimePassword.objects.filter(user=person).delete()
        audit.record(verb, actor=person, obj=person, request=request)
        outbox.put("email_person", {"person": str(person.pk), "template": "password-changed"})
    person.refresh_from_db(fields=["password", "session_epoch"])


def go_on(request: HttpRequest, person: User) -> None:
    """Let the session of `request`, and no other, outlive the change of its owner's password; under a new key."""
    update_session_auth_hash(request, person)
    session_life.go_on(request.session, person)


def _remember(person: User) -> None:
    """Keep the hash that was replaced, and no more than may not come back."""
    if not person.is_locked:
        PastPassword.objects.create(user=person, encoded=person.password)
    kept = person.past_passwords.values_list("pk", flat=True)[: settings.PASSWORD_RULES["remembered"]]
    person.past_passwords.exclude(pk__in=list(kept)).delete()
