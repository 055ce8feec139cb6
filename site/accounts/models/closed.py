"""Accounts that their owners have closed."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Until then nobody makes another account with the address: whoever calls because it was not her is known by it.
ADDRESS_KEPT_FOR = timedelta(days=30)


class ClosedAccount(models.Model):
    """That somebody closed her account. The person stays as a name on what was sent, and never comes in again."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="closed"
    )
    at = models.DateTimeField(default=timezone.now)
    # When her email address was deleted, which somebody may use anew from then on.
    address_freed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("closed account")
        verbose_name_plural = _("closed accounts")

    def __str__(self) -> str:
        return f"Closed account {str(self.user_id)[:8]}"
