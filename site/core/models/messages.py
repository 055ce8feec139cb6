import re
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SentMessage(models.Model):
    """An email or text as it left, in development and the demo (`/dev/outbox/`).

    Its key tells a repeat from a new one.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80, unique=True)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=255, blank=True)
    body = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sent message")
        verbose_name_plural = _("sent messages")
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return f"Message {str(self.id)[:8]}"

    @property
    def codes(self) -> list[str]:
        """The six-digit codes in it. An address may have such digits too: they are none."""
        words = re.sub(r"https?://\S+", "", self.body)
        return re.findall(r"(?<!\d)\d{6}(?!\d)", words)

    @property
    def links(self) -> list[str]:
        """The addresses of pages in it, without the full stop that ends a sentence."""
        return [link.rstrip(".,;:)") for link in re.findall(r"https?://[^\s<>\"]+", self.body)]

    def as_dict(self) -> dict[str, Any]:
        """As `manage.py outbox --json` prints it: scripts rely on these names."""
        return {
            "kind": self.channel,
            "recipient": self.to,
            "subject": self.subject,
            "body": self.body,
            "codes": self.codes,
            "links": self.links,
            "sent_at": self.sent_at.isoformat(),
        }
