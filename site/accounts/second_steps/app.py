"""An authenticator app: how it is set up, and the picture that it reads (RFC 6238)."""

import base64
import binascii
import time
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from accounts.models import User
from core import lazily

segno = lazily.module("segno")

NAME = "app"
BORDER = 4  # modules: what the standard of QR codes asks for


@dataclass(frozen=True)
class Picture:
    """A QR code as one SVG path: no style, no script, nothing to escape."""

    size: int
    path: str


def new_key() -> str:
    """The secret of an app that is to be set up, in hex. Nothing is kept of it before the app has shown a code."""
    key: str = default_key()
    return key


def text_of(key: str) -> str:
    """The secret for whoever types it: groups of four letters."""
    plain = base64.b32encode(binascii.unhexlify(key)).decode()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def address_of(key: str, person: User, service: str) -> str:
    """What the picture says: the `otpauth` address that every such app reads."""
    issuer = service.replace(":", " ")
    secret = text_of(key).replace(" ", "")
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{person.email}')}?{query}"


def picture_of(address: str) -> Picture:
    code = segno.make(address, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=BORDER)]
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return Picture(len(rows), path)


def confirm(person: User, key: str, code: str) -> TOTPDevice | None:
    """Set up the app with the secret `key` in the place of the one before; None where `code` is not one of its codes.

    The code is used up by it: the row is made confirmed, so that no other row is ever there.
    """
    totp = TOTP(binascii.unhexlify(key))
    totp.time = time.time()
    if not totp.verify(int(code), tolerance=1):
        return None
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        TOTPDevice.objects.filter(user=person).delete()
        device: TOTPDevice = TOTPDevice.objects.create(
            user=person, name=NAME, key=key, confirmed=True, last_t=totp.t()
        )
        return device
