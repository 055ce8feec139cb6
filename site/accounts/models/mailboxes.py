"""Email addresses that somebody asked to change to, until they are proved."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.codes import HeldCode
from accounts.models.people import email_key

KEPT_FOR = timedelta(days=1)


class PendingMailbox(HeldCode):
    """The address that is to be hers once the code that went there was typed in the browser that asked for it.

    One row a person. The address may be another's, who then is the only one to hear of it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="pending_mailbox"
    )
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("new email address")
        verbose_name_plural = _("new email addresses")

    def __str__(self) -> str:
        return f"New mailbox of {str(self.user_id)[:8]}"

    @property
    def owner(self) -> str:
        return f"{self.user_id}:{self.email_key}"

    def take(self, email: str) -> None:
        """Another address: what was sent before stops working."""
        self.email, self.email_key = email, email_key(email)
        self.digest = ""


def tidy(now: datetime | None = None) -> int:
    """Delete those that nobody proved in time; how many there were."""
    oldest = (now or timezone.now()) - KEPT_FOR
    return PendingMailbox.objects.filter(sent_at__lt=oldest).delete()[0]
