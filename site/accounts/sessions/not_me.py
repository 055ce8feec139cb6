""" "This was not me": whoever reads the mailbox of an account locks it, with the link in an email.

The link can do that and nothing else. A lock ends every session, and makes the password useless until a new one is
chosen through "Forgotten password", which leads through the same mailbox.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import (
    EmailCode,
    ExternalIdentity,
    OneTimePassword,
    Passkey,
    PastPassword,
    RecoveryCodes,
    SignIn,
    User,
)
from core import audit, outbox

SALT = "accounts.sessions.not_me"
# A letter that lies in a mailbox over a holiday still helps.
VALID_FOR = timedelta(days=14)


def token_for(sign_in: SignIn) -> str:
    """What the link in the email about this sign-in carries."""
    return signing.dumps([str(sign_in.pk), str(sign_in.user_id)], salt=SALT)


def sign_in_of(token: str) -> SignIn | None:
    """The sign-in that a link speaks of; None where the link is old, made up, or meant for something else."""
    try:
        sign_in, person = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return SignIn.objects.filter(pk=sign_in, user=person).select_related("user").first()


def lock(sign_in: SignIn, request: HttpRequest) -> bool:
    """Lock the account of whoever says that `sign_in` was not hers. False where that is done already.

    One link locks once: it does not undo the new password that she has chosen since.
    """
    with transaction.atomic():
        # The person first, as whoever ends one of her sessions does: otherwise each could wait for the other.
        person = User.objects.select_for_update().get(pk=sign_in.user_id)
        if not SignIn.objects.filter(pk=sign_in.pk, disowned_at=None).update(disowned_at=timezone.now()):
            return False
        _keep_out(person)
        _take_away_what_came(person, sign_in.at)
        audit.record("account.locked", obj=person, request=request)
        outbox.put("email_person", {"person": str(person.pk), "template": "account-locked"})
    return True


def _keep_out(person: User) -> None:
    # Nor may the password that somebody else knows be chosen again.
    if not person.is_locked:
        PastPassword.objects.create(user=person, encoded=person.password)
    # The epoch ends sign-ins that are half done, too.
    User.objects.filter(pk=person.pk).update(
        password=make_password(None), session_epoch=F("session_epoch") + 1
    )
    EmailCode.objects.filter(user=person).update(digest="")
    OneTimePassword.objects.filter(user=person).delete()


def _take_away_what_came(person: User, since: datetime) -> None:
    """The second steps that somebody else may have set up while she was in."""
    TOTPDevice.objects.filter(user=person, created_at__gte=since).delete()
    Passkey.objects.filter(user=person, added_at__gte=since).delete()
    RecoveryCodes.objects.filter(user=person, made_at__gte=since).delete()
    ExternalIdentity.objects.filter(user=person, joined_at__gte=since).delete()
