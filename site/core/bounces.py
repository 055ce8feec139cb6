"""What mail servers say of an address that they cannot deliver to: at once (SMTP), or in a report (RFC 3464) later."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message

# Bytes of a report that are looked at: what it says stands before the letter that it gives back.
MOST_BYTES = 256 * 1024
# X.1.X: the address; X.2.X: the mailbox (RFC 3463). What else is refused for good is a matter between servers.
_OF_THE_MAILBOX = re.compile(r"\b5\.[12]\.\d{1,3}\b")
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Without an enhanced code: no such mailbox, not here, a name that cannot be (RFC 5321, 4.2.3).
_FINAL = frozenset({550, 551, 553})


@dataclass(frozen=True, slots=True)
class Report:
    """That a letter came back: the key it was sent under (`core.mail.send`), and the address it could not reach."""

    key: str
    address: str


def is_final(code: int, said: str) -> bool:
    """Whether a server that answered RCPT so will never take mail for the address: trying again is of no use."""
    if _ENHANCED.search(said):
        return bool(_OF_THE_MAILBOX.search(said))
    return code in _FINAL


def read(raw: bytes) -> Report | None:
    """What a message to the address for bounces reports. None where it reports no letter that failed for good.

    Anybody can write to that address: whoever acts on it has to know the key.
    """
    message = email.message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
    parts = list(message.walk())
    address = next((found for part in parts for found in _failed(part)), "")
    key = next((found for part in parts[1:] if (found := _key(part))), "")
    return Report(key, address) if key and address else None


def _failed(part: Message) -> Iterator[str]:
    if part.get_content_type() != "message/delivery-status":
        return
    # The parser makes a message of each block of fields: one for the server, then one for each recipient.
    for fields in part.walk():
        if _word(fields, "Action") != "failed" or not _OF_THE_MAILBOX.fullmatch(_word(fields, "Status")):
            continue
        for name in ("Original-Recipient", "Final-Recipient"):
            kind, _, address = str(fields.get(name, "")).partition(";")
            if kind.strip().lower() == "rfc822" and "@" in address:
                yield address.strip().strip("<>")


def _word(fields: Message, name: str) -> str:
    """The first word of a field: servers add comments."""
    words = str(fields.get(name, "")).split()
    return words[0].lower() if words else ""


def _key(part: Message) -> str:
    """The key of the letter that is given back, whole or by its head only."""
    headers = part
    if part.get_content_type() == "text/rfc822-headers":
        headers = email.message_from_string(str(part.get_payload()), policy=policy.compat32)
    return str(headers.get("Message-ID", "")).strip().strip("<>").partition("@")[0]
