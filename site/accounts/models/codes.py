"""The emailed codes."""

import math
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
BETWEEN_CODES = timedelta(seconds=30)


class HeldCode(models.Model):
    """A code that was emailed: the newest only, and of that only a keyed hash.

    The hash covers a nonce of the browser that asked for it, so a code works there and nowhere else.
    """

    digest = models.CharField(max_length=64, blank=True)
    # Of the nonce alone. What is typed in another browser is no try at this code.
    asked_in = models.CharField(max_length=64, blank=True)
    valid_until = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def owner(self) -> str:
        """Whose code it is: one person's never fits another's."""
        raise NotImplementedError

    @property
    def tries_left(self) -> int:
        return max(0, CODE_TRIES - self.tries)

    @property
    def has_run_out(self) -> bool:
        return timezone.now() >= self.valid_until

    @property
    def is_dead(self) -> bool:
        """Whether nothing that is typed can be right any more."""
        return not self.tries_left or self.has_run_out or not self.digest

    @property
    def seconds_to_wait(self) -> int:
        """Until another may be sent; 0 where it may be now."""
        # No longer than that where the machine's clock was put back since.
        wait = min(self.sent_at + BETWEEN_CODES - timezone.now(), BETWEEN_CODES)
        return max(0, math.ceil(wait.total_seconds()))

    def issue(self, nonce: str) -> str:
        """A new code for the browser that has `nonce`; the one before stops working. The caller sends it."""
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        self.digest, self.asked_in = self._keyed_hash(nonce, code), self._keyed_hash(nonce)
        self.sent_at = timezone.now()
        self.valid_until = self.sent_at + CODE_LIFE
        self.tries = 0
        self.save()
        return code

    def check_code(self, nonce: str, code: str) -> bool:
        """Whether it is right. A right one is used up; a wrong one costs a try. Ask with the row locked.

        Whoever types in another browser than the one that it was sent for is wrong, and uses up none of its tries:
        a stranger who knows the password does not stop the code in its owner's hand.
        """
        if self.is_dead or not constant_time_compare(self.asked_in, self._keyed_hash(nonce)):
            return False
        is_right = constant_time_compare(self.digest, self._keyed_hash(nonce, code))
        if is_right:
            self.digest = ""
        else:
            self.tries += 1
        self.save()
        return is_right

    def _keyed_hash(self, nonce: str, code: str = "") -> str:
        purpose = f"accounts.{type(self).__name__}"
        return salted_hmac(purpose, f"{self.owner}:{nonce}:{code}", algorithm="sha256").hexdigest()


class EmailCode(Device, HeldCode):  # type: ignore[django-manager-missing]  # django-otp's manager has no types
    """The emailed security code of one person. Verify through `django_otp.verify_token`, which takes the row's lock."""

    # One row a person, so that the account and its device are read by one query (`accounts.backends`).
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_code")

    class Meta:
        verbose_name = _("emailed code")
        verbose_name_plural = _("emailed codes")

    def __str__(self) -> str:
        return f"Emailed code {self.pk}"

    @property
    def owner(self) -> str:
        return str(self.user_id)

    def verify_token(self, token: str) -> bool:
        """Whether `token` ("nonce:code") is right."""
        nonce, _colon, code = token.partition(":")
        return self.check_code(nonce, code)
