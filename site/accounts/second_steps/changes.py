"""What changes somebody's second steps: written down, told by email, and her session goes on by what is left."""

from typing import cast

import django_otp
from django.db import transaction
from django.http import HttpRequest
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import EmailCode, Passkey, RecoveryCodes, User
from accounts.second_steps.ways import has_any
from core import audit, outbox

APP_ADDED, APP_REMOVED = "app-added", "app-removed"
PASSKEY_ADDED, PASSKEY_REMOVED = "passkey-added", "passkey-removed"
ALL_REMOVED = "second-steps-removed"
CODES_MADE, CODE_USED = "recovery-codes-made", "recovery-code-used"


def tell(request: HttpRequest, person: User, change: str) -> None:
    """Write `change` (one of the words above) down, and email its owner: it may have been somebody else."""
    with transaction.atomic():
        audit.record(f"account.{change}", actor=person, obj=person, request=request)
        _write_to(person, change)


def _write_to(person: User, change: str) -> None:
    payload = {"person": str(person.pk), "template": "second-step-changed", "context": {"change": change}}
    outbox.put("email_person", payload)


def added(request: HttpRequest, device: Device, change: str) -> None:
    """From now on the session is one that came in by `device`, which was just shown."""
    tell(request, cast(User, request.user), change)
    django_otp.login(request, device)


def make_codes(request: HttpRequest, person: User) -> list[str]:
    """Ten new recovery codes in the place of those before."""
    with transaction.atomic():
        device, _made = RecoveryCodes.objects.select_for_update().get_or_create(
            user=person, defaults={"name": "recovery"}
        )
        codes: list[str] = device.issue()
        tell(request, person, CODES_MADE)
    return codes


def remove(request: HttpRequest, person: User, device: TOTPDevice | Passkey) -> None:
    """Take a second step away; with the last of them, the recovery codes too."""
    change = APP_REMOVED if isinstance(device, TOTPDevice) else PASSKEY_REMOVED
    with transaction.atomic():
        device.delete()
        if not has_any(person):
            RecoveryCodes.objects.filter(user=person).delete()
        tell(request, person, change)
    used = person.otp_device
    if used is None or not type(used).objects.filter(pk=used.pk).exists():
        # She has just given her password, and came in by the code or key that is gone.
        django_otp.login(request, EmailCode.objects.get_or_create(user=person, defaults={"name": "email"})[0])


@transaction.atomic
def remove_all(person: User, *, reason: str) -> bool:
    """Take away all second steps of somebody who has lost them: whoever runs the server says so, and why.

    An emailed code is asked for again, until she has set up another. All her sessions end. False where she has none.
    """
    sets = [model.objects.filter(user=person) for model in (TOTPDevice, Passkey, RecoveryCodes)]
    if not sum(each.delete()[0] for each in sets):
        return False
    person.sign_out_everywhere()
    audit.record(f"account.{ALL_REMOVED}", obj=person, reason=reason)
    _write_to(person, ALL_REMOVED)
    return True
