"""Passkeys (WebAuthn, level 2): the questions that a browser is asked, and whether it answered rightly.

The browser vouches for the site that asked. Django takes no other host than those in ALLOWED_HOSTS, so the address of
the request is our own.
"""

import ipaddress
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.models import Passkey, User
from core.council import council_settings

# In the session: the question that this browser was asked last.
ASKED = "passkey-asked"
REQUIRED = UserVerificationRequirement.REQUIRED
# A wrong answer, and what a made-up one runs into before it is compared with anything.
_NO_ANSWER = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


def can_be_used(request: HttpRequest) -> bool:
    """Whether browsers keep passkeys for this address: for names they do, for bare numbers they do not."""
    try:
        ipaddress.ip_address(_host(request).strip("[]"))
    except ValueError:
        return True
    return False


def ask_for_new(request: HttpRequest, person: User) -> dict[str, Any]:
    """What the browser needs to make a passkey for `person`, as JSON; the answer goes to `add`."""
    options = generate_registration_options(
        rp_id=_host(request),
        rp_name=council_settings(request).service_name,
        user_id=person.pk.bytes,
        user_name=person.email,
        user_display_name=person.full_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=REQUIRED
        ),
        exclude_credentials=_descriptors(person),
    )
    return _asked(request, options.challenge, options_to_json_dict(options))


def add(request: HttpRequest, person: User, answer: str, name: str) -> Passkey | None:
    """Keep the passkey that the browser has made. None where the answer is not one to our question, or it is known."""
    challenge = request.session.pop(ASKED, "")
    try:
        made = verify_registration_response(
            credential=json.loads(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(request),
            expected_origin=_origin(request),
            require_user_verification=True,
        )
        with transaction.atomic():
            passkey: Passkey = Passkey.objects.create(
                user=person,
                name=name,
                credential_id=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
            )
            return passkey
    except (*_NO_ANSWER, IntegrityError):
        return None


def ask(request: HttpRequest, person: User) -> dict[str, Any]:
    """What the browser needs to prove that it has a passkey of `person`, as JSON; the answer goes to `check`."""
    options = generate_authentication_options(
        rp_id=_host(request), allow_credentials=_descriptors(person), user_verification=REQUIRED
    )
    return _asked(request, options.challenge, options_to_json_dict(options))


def check(request: HttpRequest, person: User, answer: str) -> Passkey | None:
    """The passkey of `person` with which the browser answered our last question; None where it did not."""
    challenge = request.session.pop(ASKED, "")
    if not challenge:
        return None
    try:
        said = json.loads(answer)
        with transaction.atomic():
            passkey: Passkey | None = _locked(person, str(said["id"]))
            # Of two requests with one answer at the same moment, the session shows both the question.
            if passkey is None or passkey.last_challenge == challenge:
                return None
            found = verify_authentication_response(
                credential=said,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=_host(request),
                expected_origin=_origin(request),
                credential_public_key=bytes(passkey.public_key),
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
            passkey.sign_count, passkey.last_challenge = found.new_sign_count, challenge
            passkey.used_at = timezone.now()
            passkey.save()
            return passkey
    except _NO_ANSWER:
        return None


def _locked(person: User, credential_id: str) -> Passkey | None:
    own = Passkey.objects.filter(user=person, confirmed=True).select_for_update()
    found: Passkey | None = own.filter(credential_id=credential_id).first()
    return found


def _descriptors(person: User) -> list[PublicKeyCredentialDescriptor]:
    ids = Passkey.objects.filter(user=person, confirmed=True).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in ids]


def _asked(request: HttpRequest, challenge: bytes, options: dict[str, Any]) -> dict[str, Any]:
    request.session[ASKED] = bytes_to_base64url(challenge)
    return options


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
