"""People with an app, a passkey or recovery codes, made as the pages make them."""

import base64
import json
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice
from webauthn.helpers import bytes_to_base64url

from accounts.models import Passkey, RecoveryCodes, User
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Visitor

KEY = "31323334353637383930" * 2


def give_app(person: User, *, confirmed: bool = True) -> TOTPDevice:
    return TOTPDevice.objects.create(user=person, name="app", key=KEY, confirmed=confirmed)


def give_codes(person: User) -> list[str]:
    device, _made = RecoveryCodes.objects.get_or_create(user=person, defaults={"name": "recovery"})
    codes: list[str] = device.issue()
    return codes


def key_on(page: Any) -> str:
    """The key that the page for setting up an app shows as text, in hex."""
    return base64.b32decode(page.context["key"].replace(" ", "")).hex()


def options_on(page: Any) -> dict[str, Any]:
    """The question that a page puts to the browser."""
    found: dict[str, Any] = json.loads(page.context["options_json"])
    return found


def add_passkey(visitor: Visitor, authenticator: Authenticator, name: str = "Work laptop", **how: Any) -> Any:
    """At the page of somebody who is signed in. How the page answers."""
    url = "/account/security/passkey/"
    answer = authenticator.make(options_on(visitor.get(url)), **how)
    return visitor.post(url, {"name": name, "answer": answer})


def give_passkey(person: User, authenticator: Authenticator) -> Passkey:
    return Passkey.objects.create(
        user=person,
        name="Work laptop",
        credential_id=bytes_to_base64url(authenticator.id),
        public_key=authenticator.public_key(),
        sign_count=authenticator.count,
    )
