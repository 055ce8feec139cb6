"""The passwords that somebody had."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PastPassword(models.Model):
    """The hash of a password that was replaced (B9). As many are kept as may not come back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_passwords"
    )
    encoded = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("past password")
        verbose_name_plural = _("past passwords")
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return f"Past password {self.pk}"
