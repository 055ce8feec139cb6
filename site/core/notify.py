"""Email through GOV.UK Notify (https://docs.notifications.service.gov.uk/python.html).

One template at Notify serves all letters: "((subject))" as its subject, "((body))" as its text.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core import lazily
from core.mail import Bounced

client = lazily.module("notifications_python_client")
errors = lazily.module("notifications_python_client.errors")

# What Notify says it gives up with: the mailbox is not there; or took nothing for three days.
# https://docs.notifications.service.gov.uk/python.html#email-status-descriptions
GIVEN_UP = frozenset({"permanent-failure", "temporary-failure"})
DELIVERED = "delivered"


class NotifyAwayError(OSError):
    """Notify did not take an email; a later try may succeed. Names nobody."""


class EmailBackend(BaseEmailBackend):
    """Hands each message to Notify, with its Message-ID as the reference. Raises NotifyAwayError, Bounced."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        notify = client.NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT
        )
        for message in email_messages:
            for recipient in message.recipients():
                _send(notify, message, recipient)
        return len(email_messages)


def _send(notify: Any, message: EmailMessage, recipient: str) -> None:
    words = {"subject": str(message.subject), "body": str(message.body)}
    reference = str(message.extra_headers.get("Message-ID", ""))
    try:
        notify.send_email_notification(recipient, settings.NOTIFY_TEMPLATE, words, reference)
    except errors.HTTPError as error:
        if error.status_code == HTTPStatus.BAD_REQUEST and _is_of_the_address(error.message):
            raise Bounced from None
        raise NotifyAwayError(f"Notify answered {error.status_code}") from None


def _is_of_the_address(said: object) -> bool:
    """Whether Notify refuses because nobody can have such an address."""
    faults = said if isinstance(said, list) else []
    return any("email_address" in str(fault.get("message", "")) for fault in faults)
