"""What an editor looked at and left as it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms_engine.models.definitions import FormDefinition


class WavedThrough(models.Model):
    """Advice on a form that somebody waved through, and why. It holds until the words it was about change."""

    form = models.ForeignKey(FormDefinition, on_delete=models.CASCADE, related_name="waved_through")
    # As in `rules.lints.Lint`; of the text only its sha256 in hex, to see whether it is still the same.
    kind = models.CharField(max_length=40)
    part = models.CharField(max_length=80)
    text_digest = models.CharField(max_length=64)
    note = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("advice waved through")
        verbose_name_plural = _("advice waved through")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "kind", "part", "text_digest"], name="advice_waved_through_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part}"
