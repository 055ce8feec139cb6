"""What mail servers say of a mailbox that takes nothing: read as it is, and believed only where it can be true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bounces import Report, is_final, read

KEY = "6f2b7c0e-9f0c-4b52-8a3e-0d7d6a6c9b11"
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces@council.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver your message.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

{original}Final-Recipient: rfc822; {final}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such user here

--B
{given_back}
--B--
"""
WHOLE = f"""Content-Type: message/rfc822

From: Council <no-reply@council.example>
Message-ID: <{KEY}@council.example>
Subject: Something is new

Hello Sam
"""
HEAD = f"""Content-Type: text/rfc822-headers

From: Council <no-reply@council.example>
Message-ID: <{KEY}@council.example>
"""


def report(
    *,
    final: str = "sam@example.org",
    original: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    given_back: str = WHOLE,
) -> bytes:
    text = REPORT.format(final=final, original=original, action=action, status=status, given_back=given_back)
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("given_back", [WHOLE, HEAD])
def test_a_report_names_the_letter_and_the_mailbox(given_back: str) -> None:
    assert read(report(given_back=given_back)) == Report(KEY, "sam@example.org")


def test_where_she_forwards_her_mail_it_is_her_own_address_that_counts() -> None:
    forwarded = report(final="sam@elsewhere.example", original="Original-Recipient: rfc822;sam@example.org\n")
    assert read(forwarded) == Report(KEY, "sam@example.org")


@pytest.mark.parametrize(
    "passing",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"action": "relayed", "status": "2.1.5"},
        {"action": "failed", "status": "5.7.1"},  # we are not let through: nothing is wrong with her mailbox
        {"action": "failed", "status": "4.2.2"},
    ],
)
def test_what_may_still_arrive_or_is_a_matter_between_servers_is_no_bounce(passing: dict[str, str]) -> None:
    assert read(report(**passing)) is None


def test_an_answer_from_a_holiday_is_no_bounce() -> None:
    assert (
        read(f"From: sam@example.org\r\nIn-Reply-To: <{KEY}@x>\r\n\r\nI am away until Monday.".encode())
        is None
    )


def test_a_report_on_nothing_that_was_given_back_is_no_bounce() -> None:
    assert read(report(given_back="Content-Type: text/plain\n\nnothing")) is None


@given(st.binary(max_size=2000), st.integers(0, 900))
def test_whatever_comes_is_read_without_a_fault(junk: bytes, place: int) -> None:
    read(junk)
    whole = report()
    read(whole[:place] + junk + whole[place:])


@pytest.mark.parametrize(
    ("code", "said", "final"),
    [
        (550, "5.1.1 No such user", True),
        (550, "No such user", True),
        (551, "User not local", True),
        (552, "5.2.2 Mailbox full", True),
        (550, "5.7.1 Message rejected as spam by our policy", False),
        (554, "Transaction failed", False),
        (451, "4.7.1 Try again later", False),
        (450, "Mailbox busy", False),
    ],
)
def test_only_a_mailbox_that_will_never_take_mail_is_given_up(code: int, said: str, final: bool) -> None:
    assert is_final(code, said) is final
