"""Letters that somebody does not want."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclinedLetter(models.Model):
    """That somebody wants no emails of one optional kind (`accounts.life.letters`). Whoever says nothing gets them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declined_letters"
    )
    # The name of its template.
    letter = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("declined letter")
        verbose_name_plural = _("declined letters")
        constraints = [models.UniqueConstraint(fields=["user", "letter"], name="declined_letter_once")]

    def __str__(self) -> str:
        return f"Declined letter {self.pk}"
