"""What an authenticator app shows. It needs no Django's settings: scripts use it too."""

import binascii
import time

from django_otp.oath import TOTP


def code_of(key: str, at: float | None = None, *, ahead: int = 0) -> str:
    """What an app with this key shows at a moment (seconds since 1970), now unless said. `ahead`: half minutes."""
    totp = TOTP(binascii.unhexlify(key))
    totp.time = (time.time() if at is None else at) + 30 * ahead
    return f"{totp.token():06d}"
