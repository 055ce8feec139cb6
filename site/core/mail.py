"""One email to one person. Called by outbox deliveries only: a page never waits for the mail server."""

import re
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from core import bounces

# What may stand in a Message-ID, and leaves room in SentMessage.key.
_KEY = re.compile(r"[A-Za-z0-9._-]{1,76}")


class Bounced(Exception):
    """The mailbox is not there, or takes no mail: no later try can reach it."""


def send(*, key: str, to: str, subject: str, body: str) -> None:
    """Send an email. `key` becomes its Message-ID: many mailboxes show a repeat once; a server may pass on both.

    Raises Bounced where the address can never be reached, and OSError (smtplib's errors are OSErrors too) where the
    server is away or refuses, within settings.EMAIL_TIMEOUT seconds for each answer.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("A message's key is up to 76 letters, digits, dots, dashes and underscores")
    domain = urlsplit(settings.BASE_URL).hostname
    headers = {"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"}
    # What cannot be delivered later is reported to the address of the envelope.
    envelope = settings.BOUNCES_TO or settings.DEFAULT_FROM_EMAIL
    headers |= {"From": settings.DEFAULT_FROM_EMAIL}
    try:
        EmailMessage(one_line(subject), body, envelope, [to], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        if bounces.is_final(code, said.decode(errors="replace")):
            # Not "from error", which holds the address: what is logged of it must not.
            raise Bounced from None
        raise


def one_line(subject: str) -> str:
    """A subject without line breaks: a template's last line break would make the header invalid."""
    return " ".join(subject.split())
