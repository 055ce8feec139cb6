"""Who somebody is elsewhere."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExternalIdentity(models.Model):
    """A sign-in with an outside service that its owner has joined to her account (A2).

    Known by issuer and subject and by nothing else: an email address can be somebody else's next year.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    joined_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outside sign-in")
        verbose_name_plural = _("outside sign-ins")
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_owner_per_identity")]

    def __str__(self) -> str:
        return f"Outside sign-in {str(self.pk)[:8]}"
