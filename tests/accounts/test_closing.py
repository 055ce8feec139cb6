"""Closing one's own account: what goes, what stays, and when the email address is free again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp import devices_for_user

from accounts.life.closing import close, free_addresses
from accounts.models import ClosedAccount, ExternalIdentity, PersonalDetails, User
from core import outbox
from core.models import AuditEntry
from core.private_files import keep_made
from forms_engine.models import Assignment, Draft, FormVersion, LastCopy, Party, Submission
from tests.accounts.conftest import Visitor
from tests.factories import (
    PASSWORD,
    AssignmentFactory,
    PersonalDetailsFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NewVisitor = Callable[..., Visitor]
URL = "/account/close/"


@pytest.fixture
def sam(visitor: Visitor, sam_parent: User) -> Visitor:
    """Sam, signed in."""
    PersonalDetailsFactory(user=sam_parent)
    visitor.signs_in(sam_parent)
    mail.outbox.clear()
    return visitor


def closes(visitor: Visitor, current: str = PASSWORD) -> Any:
    return visitor.post(URL, {"current": current})


def asked_of(person: User) -> Assignment:
    asked: Assignment = AssignmentFactory(addressee=person)
    return asked


def begun_by(person: User) -> Draft:
    """A form that waits to be sent, about nothing that could be shut to her."""
    asked = AssignmentFactory(addressee=person, about_kind="")
    version = FormVersion.objects.get(form=asked.form)
    expires = timezone.now() + timedelta(days=90)
    draft = Draft.objects.create(version=version, assignment=asked, expires_at=expires)
    Party.objects.create(draft=draft, user=person)
    return draft


def test_the_page_says_what_goes_and_what_stays_and_changes_nothing(sam: Visitor, sam_parent: User) -> None:
    page = sam.get(URL).text
    for said in (
        "What we delete",
        "after 30 days",
        "What we keep",
        "forms that you have sent",
        "Your password",
    ):
        assert said in page
    assert f'href="{URL}"' in sam.get("/account/").text
    sam_parent.refresh_from_db()
    assert sam_parent.is_active


def test_nobody_comes_in_any_more(
    sam: Visitor,
    sam_parent: User,
    new_visitor: NewVisitor,
    signed_in_client: Callable[[User], Client],
) -> None:
    phone = signed_in_client(sam_parent)
    answer = closes(sam)
    assert answer["Location"] == "/account/closed/"
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "You are signed out everywhere" in sam.get("/account/closed/").text
    assert not sam.is_signed_in
    assert phone.get("/account/").status_code == 302
    assert "not right" in new_visitor().types_password(sam_parent.email).text


def test_her_details_go_and_she_gets_a_last_letter(sam: Visitor, sam_parent: User) -> None:
    ExternalIdentity.objects.create(user=sam_parent, issuer="https://id.example.org", subject="sam")
    closes(sam)
    assert not ExternalIdentity.objects.exists(), "she can use it with a new account"
    assert not PersonalDetails.objects.filter(user=sam_parent).exists()
    assert list(devices_for_user(sam_parent, confirmed=None)) == []
    sam_parent.refresh_from_db()
    assert not sam_parent.has_usable_password()
    outbox.sweep()
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Your account is closed", [sam_parent.email])
    ]
    assert AuditEntry.objects.filter(
        verb="account.closed", actor_id=sam_parent.pk, object_id=sam_parent.pk
    ).exists()


def test_what_she_sent_stays_and_what_she_did_not_send_goes(
    sam: Visitor, sam_parent: User, alex_parent: User
) -> None:
    sent = SubmissionFactory(assignment=asked_of(sam_parent))
    begun = begun_by(sam_parent)
    anothers = begun_by(alex_parent)
    closes(sam)
    assert Submission.objects.filter(pk=sent.pk, submitted_by=sam_parent).exists()
    assert not Draft.objects.filter(pk=begun.pk).exists()
    assert Draft.objects.filter(pk=anothers.pk).exists()


def test_the_copy_of_a_form_that_was_deleted_unsent_goes_too(sam: Visitor, sam_parent: User) -> None:
    copy = LastCopy(person=sam_parent, title="Wishes", until=timezone.localdate() + timedelta(days=90))
    keep_made(copy, "wishes-not-sent.pdf", b"%PDF-1.7")
    closes(sam)
    assert not LastCopy.objects.exists()


@pytest.mark.parametrize(
    ("current", "said"), [("", "Enter your password"), ("a guess", "This is not your password")]
)
def test_without_her_password_nothing_is_closed(
    sam: Visitor, sam_parent: User, current: str, said: str
) -> None:
    page = closes(sam, current)
    assert said in page.text
    sam_parent.refresh_from_db()
    assert sam_parent.is_active
    assert not ClosedAccount.objects.exists()


def test_guessing_at_the_password_ends(sam: Visitor) -> None:
    for number in range(5):
        closes(sam, f"guess {number}")
    assert closes(sam).status_code == 429
    assert not ClosedAccount.objects.exists()


def test_council_staff_do_not_close_their_own(
    casey_worker: User, signed_in_client: Callable[[User], Client]
) -> None:
    casey = signed_in_client(casey_worker)
    assert casey.get(URL).status_code == 404
    assert casey.post(URL, {"current": PASSWORD}).status_code == 404
    assert URL not in casey.get("/account/").text
    casey_worker.refresh_from_db()
    assert casey_worker.is_active


def test_a_second_click_closes_nothing_twice(sam: Visitor, sam_parent: User) -> None:
    request = sam.get("/account/").wsgi_request
    close(sam_parent, request)
    close(sam_parent, request)
    assert AuditEntry.objects.filter(verb="account.closed").count() == 1


def test_the_address_is_free_after_30_days_and_not_before(sam: Visitor, sam_parent: User) -> None:
    email, now = sam_parent.email, timezone.now()
    closes(sam)
    assert free_addresses(now + timedelta(days=29)) == 0
    sam_parent.refresh_from_db()
    assert sam_parent.email == email
    later = now + timedelta(days=30, minutes=5)
    assert free_addresses(later) == 1
    assert free_addresses(later) == 0, "safe to repeat"
    assert UserFactory(email=email).pk != sam_parent.pk
    assert AuditEntry.objects.filter(verb="account.address-freed", object_id=sam_parent.pk).count() == 1


def test_an_account_that_is_only_disabled_keeps_its_address() -> None:
    person = UserFactory(disabled=True)
    free_addresses(timezone.now() + timedelta(days=400))
    person.refresh_from_db()
    assert not person.email.endswith("closed.invalid")
