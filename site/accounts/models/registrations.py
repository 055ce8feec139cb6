"""Accounts that somebody asked for, whose mailbox is not proved yet."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.codes import HeldCode
from accounts.models.people import email_key

# Whoever comes back later types address and password again.
KEPT_FOR = timedelta(days=1)


class PendingRegistration(HeldCode):
    """What somebody typed on the pages of registration that never comes into a draft. No account is made before the
    code of the mailbox was typed (B10).

    One row a draft of the form: the address may be another's, who then is the only one to hear of it.
    """

    draft = models.UUIDField(primary_key=True)
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)
    # Its hash, never the password.
    password = models.CharField(max_length=128)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return f"Registration {str(self.draft)[:8]}"

    @property
    def owner(self) -> str:
        return f"{self.draft}:{self.email_key}"

    def take(self, email: str, password: str) -> None:
        """Another address or password: what was sent before stops working. `password` is a hash."""
        self.email, self.email_key, self.password = email, email_key(email), password
        self.digest = self.asked_in = ""

    @property
    def has_code(self) -> bool:
        """Whether a code was sent to the address."""
        return bool(self.asked_in)


def tidy(now: datetime | None = None) -> int:
    """Delete those that nobody finished in time; how many there were."""
    oldest = (now or timezone.now()) - KEPT_FOR
    return PendingRegistration.objects.filter(made_at__lt=oldest).delete()[0]
