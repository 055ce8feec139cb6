"""Development and demo: messages are kept in a table instead of being sent, and shown at /dev/outbox/."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.models import SentMessage


class EmailBackend(BaseEmailBackend):
    """Keeps each message once: one that comes again under the same Message-ID is the repeat of a delivery."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for place, recipient in enumerate(message.recipients()):
                SentMessage.objects.get_or_create(
                    key=_key(message, place),
                    defaults={
                        "channel": SentMessage.Channel.EMAIL,
                        "to": recipient,
                        "subject": str(message.subject),
                        "body": str(message.body),
                    },
                )
        return len(email_messages)


def _key(message: EmailMessage, place: int) -> str:
    message_id = message.extra_headers.get("Message-ID", f"<{uuid.uuid4()}@>")
    key = message_id.strip("<>").partition("@")[0]
    return f"{key}#{place}" if place else key
