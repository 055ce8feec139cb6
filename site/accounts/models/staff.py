"""Accounts of those who work for the council or a school: disabled ones, and those that nobody uses."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DisabledAccount(models.Model):
    """That an account was disabled. Whoever is in charge of its owner enables it again, which deletes the row."""

    class Why(models.TextChoices):
        UNUSED = "unused", _("Not used for a long time")
        LEFT = "left", _("No longer works here")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="disabled"
    )
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField(default=timezone.now)
    # What she was when she left, in words, for whoever looks for her or hands her work on.
    was = models.CharField(max_length=300, blank=True)
    # The roles that she had when she left, "|Caseworkers|": by them it is told who still finds her.
    roles = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("disabled account")
        verbose_name_plural = _("disabled accounts")

    def __str__(self) -> str:
        return f"Disabled account {str(self.user_id)[:8]}"


class AccountUse(models.Model):
    """From when it counts that a staff account is not used, and which warnings went out (C22)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="use"
    )
    # The day on which she came to work here, or her account was enabled again. A later sign-in counts instead.
    counted_from = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    warned_again_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of an account")
        verbose_name_plural = _("use of accounts")

    def __str__(self) -> str:
        return f"Use of {str(self.user_id)[:8]}"
