"""Second steps stronger than an emailed code: passkeys, and the recovery codes beside them.

The authenticator app is django-otp's own `TOTPDevice`.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

RECOVERY_CODES = 10
# Read off paper: without letters and digits that look like others. 10 of them are 49 bits.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LETTERS = 10


class Passkey(Device):
    """A key that somebody's phone, computer or security key keeps for this site: we know its public half."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # As the browser spells it (base64url). The standard allows 1023 bytes.
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    # How often it was used, as it says itself. 0 for ever where it is kept on several devices.
    sign_count = models.PositiveBigIntegerField(default=0)
    # The question that it answered last: none is answered twice.
    last_challenge = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"Passkey {self.pk}"


class RecoveryCodes(Device):
    """Codes on paper for whoever has lost her phone. One use each; of each only a keyed hash is kept.

    Verify through `django_otp.verify_token`, which takes the row's lock.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digests = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("recovery codes")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return f"Recovery codes {self.pk}"

    @property
    def left(self) -> int:
        return len(self.digests)

    def issue(self) -> list[str]:
        """Ten new codes, like "ABCDE-FGHJK"; those before stop working. They can be read here and never again."""
        codes = [
            "".join(secrets.choice(LETTERS) for _letter in range(CODE_LETTERS))
            for _code in range(RECOVERY_CODES)
        ]
        self.digests = [self._keyed_hash(code, settings.SECRET_KEY) for code in codes]
        self.made_at = timezone.now()
        self.save()
        half = CODE_LETTERS // 2
        return [f"{code[:half]}-{code[half:]}" for code in codes]

    def verify_token(self, token: str) -> bool:
        """Whether `token`, ten letters in their plain spelling, is one that is left. It is used up."""
        # Paper outlives a SECRET_KEY that is changed now and then.
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        tried = [self._keyed_hash(token, key) for key in keys]
        left = [one for one in self.digests if not any(constant_time_compare(one, each) for each in tried)]
        if len(left) == len(self.digests):
            return False
        self.digests = left
        self.save()
        return True

    def _keyed_hash(self, code: str, key: str) -> str:
        text = f"{self.user_id}:{code}"
        return salted_hmac("accounts.RecoveryCodes", text, secret=key, algorithm="sha256").hexdigest()
