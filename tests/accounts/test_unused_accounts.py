"""Accounts of staff that nobody uses are disabled, families' never (C22)."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.people import dormancy, staff, system_checks
from core import outbox
from core.dates import today
from core.models import AuditEntry
from core.periodic import periodic
from schools.models import Membership
from tests.accounts.conftest import Visitor
from tests.factories import CaseAccessFactory, ChildLinkFactory, SchoolFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C22")]


def unused(person: User, days: int) -> User:
    """Somebody who last signed in so many days ago."""
    # At noon: with the hours of this test the clocks' changes would make it another day.
    noon = timezone.make_aware(dt.datetime.combine(today(), dt.time(12)))
    User.objects.filter(pk=person.pk).update(
        last_login=noon - dt.timedelta(days), date_joined=noon - dt.timedelta(900)
    )
    person.refresh_from_db()
    return person


def letters() -> list[tuple[str, str]]:
    outbox.sweep()
    return [(message.to[0], message.subject) for message in mail.outbox]


def on(days: int) -> int:
    return dormancy.watch(today() + dt.timedelta(days))


def is_active(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


def test_she_is_warned_twice_and_then_out(casey_worker: User, admin: User) -> None:
    unused(casey_worker, 150)
    assert [on(0), on(0), on(22), on(23), on(23), on(29)] == [1, 0, 0, 1, 0, 0]
    assert letters() == [
        (casey_worker.email, "Your account will be disabled soon"),
        (casey_worker.email, "Your account will be disabled in a few days"),
    ]
    assert is_active(casey_worker)
    assert on(30) == 1
    assert not is_active(casey_worker)
    assert letters()[-1] == (casey_worker.email, "Your account has been disabled")
    assert AuditEntry.objects.filter(verb="account.disabled-unused", object_id=casey_worker.pk).count() == 1
    assert on(31) == 0


def test_the_letter_names_the_day(casey_worker: User, admin: User) -> None:
    unused(casey_worker, 150)
    on(0)
    outbox.sweep()
    day = today() + dt.timedelta(30)
    assert f"{day.day} {day:%B %Y}" in mail.outbox[-1].body


def test_whoever_signs_in_after_a_warning_keeps_her_account(
    casey_worker: User, admin: User, visitor: Visitor
) -> None:
    unused(casey_worker, 175)
    on(0)
    visitor.signs_in(casey_worker)
    assert [on(days) for days in (7, 30, 149)] == [0, 0, 0]
    assert is_active(casey_worker)


def test_a_disabled_account_opens_to_nobody_and_its_sessions_end(
    casey_worker: User, admin: User, visitor: Visitor
) -> None:
    visitor.signs_in(casey_worker)
    unused(casey_worker, 174)
    on(0)
    on(7)
    assert visitor.get("/admin/").status_code == 302
    assert visitor.types_password(casey_worker.email).status_code == 200, "as for a wrong password"


def test_staff_of_schools_too(harper_head: User) -> None:
    Membership.objects.create(person=harper_head, school=SchoolFactory(), since=today() - dt.timedelta(900))
    unused(harper_head, 500)
    assert on(0) == 1
    assert is_active(harper_head), "nobody is shut out without having been told"
    on(7)
    assert not is_active(harper_head)


def test_families_never(sam_parent: User, noor_stranger: User, pat_advocate: User) -> None:
    ChildLinkFactory(person=sam_parent)
    CaseAccessFactory(person=pat_advocate)
    for person in (sam_parent, noor_stranger, pat_advocate):
        unused(person, 2000)
    assert [on(0), on(7), on(30)] == [0, 0, 0]


def test_nor_staff_who_have_the_account_as_family_too(casey_worker: User, erin_editor: User) -> None:
    ChildLinkFactory(person=casey_worker)
    CaseAccessFactory(person=erin_editor)
    for person in (casey_worker, erin_editor):
        unused(person, 500)
    assert [on(0), on(7)] == [0, 0]


def test_the_last_administrator_never(admin: User) -> None:
    other: User = UserFactory(administrator=True)
    unused(admin, 400)
    unused(other, 500)
    assert on(0) == 2
    on(7)
    on(30)
    assert is_active(admin)
    assert not is_active(other), "whoever used it last stays"


def test_an_administrator_who_is_disabled_already_keeps_nobody_in(admin: User) -> None:
    UserFactory(administrator=True, disabled=True)
    unused(admin, 500)
    assert [on(0), on(7), on(30)] == [0, 0, 0]
    assert is_active(admin)


def test_a_role_that_was_just_given_counts_from_that_day(admin: User) -> None:
    new: User = UserFactory(author=True)
    unused(new, 500)
    staff.count_from(new, today())
    assert [on(0), on(149), on(150)] == [0, 0, 1]


def test_the_limit_is_the_councils(casey_worker: User, admin: User, settings: Settings) -> None:
    settings.UNUSED_ACCOUNT_DAYS = 60
    unused(casey_worker, 53)
    assert on(0) == 1
    assert letters()[-1][1] == "Your account will be disabled in a few days"


def test_a_limit_that_leaves_no_time_to_warn_is_refused(settings: Settings) -> None:
    assert system_checks.warnings_come_first(None) == []
    settings.UNUSED_ACCOUNT_DAYS = 30
    assert [fault.id for fault in system_checks.warnings_come_first(None)] == ["accounts.E004"]


def test_the_worker_looks_every_hour() -> None:
    assert periodic.get("unused-accounts").run is dormancy.watch
