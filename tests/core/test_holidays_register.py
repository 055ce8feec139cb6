"""Bank holidays in the admin: an administrator adds one, and working days are counted by it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from core.dates import today
from core.models import AuditEntry, BankHoliday

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
REGISTER = "/admin/core/bankholiday/"
ENGLAND = BankHoliday.Calendar.ENGLAND_AND_WALES
# A Monday that is no bank holiday.
MONDAY = dt.date(2027, 6, 14)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace(" .", ".").split()).replace(" .", ".")


def proclaimed(client: Client, day: dt.date = MONDAY) -> object:
    answers = {"calendar": ENGLAND, "day": day.isoformat(), "name": "A coronation"}
    return client.post(f"{REGISTER}create/", answers, follow=True)


def test_an_administrator_adds_a_day_and_it_is_a_working_day_no_more(
    signed_in_client: SignIn, admin: User
) -> None:
    assert BankHoliday.objects.working_days(ENGLAND).last_by(MONDAY) == MONDAY
    client = signed_in_client(admin)
    assert f'href="{REGISTER}create/">Add a bank holiday</a>' in client.get(REGISTER).content.decode()
    page = proclaimed(client).content.decode()  # type: ignore[attr-defined]
    assert "A coronation" in page
    assert BankHoliday.objects.working_days(ENGLAND).last_by(MONDAY) == dt.date(2027, 6, 11)


def test_the_same_day_twice_is_refused_in_words(signed_in_client: SignIn, admin: User) -> None:
    client = signed_in_client(admin)
    proclaimed(client)
    proclaimed(client)
    assert BankHoliday.objects.filter(day=MONDAY).count() == 1


def test_a_day_is_changed_or_deleted_and_that_is_written_down(signed_in_client: SignIn, admin: User) -> None:
    client = signed_in_client(admin)
    proclaimed(client)
    row = BankHoliday.objects.get(day=MONDAY)
    client.post(f"{REGISTER}edit/{row.pk}/", {"calendar": ENGLAND, "day": "2027-06-15", "name": row.name})
    row.refresh_from_db()
    assert row.day == dt.date(2027, 6, 15)
    client.post(f"{REGISTER}delete/{row.pk}/")
    assert not BankHoliday.objects.filter(pk=row.pk).exists()
    verbs = set(AuditEntry.objects.filter(actor_id=admin.pk).values_list("verb", flat=True))
    assert {"bankholiday.edit", "bankholiday.delete"} <= verbs


def test_what_is_to_come_stands_first_and_the_past_can_be_asked_for(
    signed_in_client: SignIn, admin: User
) -> None:
    BankHoliday.objects.all().delete()
    for days, name in ((-400, "Long ago"), (40, "Soon"), (400, "Later")):
        BankHoliday.objects.create(calendar=ENGLAND, day=today() + dt.timedelta(days), name=name)
    client = signed_in_client(admin)
    page = client.get(REGISTER).content.decode()
    assert page.index("Soon") < page.index("Later")
    assert "Long ago" not in page
    assert "Long ago" in client.get(f"{REGISTER}?when=past").content.decode()


def test_the_register_says_until_when_each_part_of_the_country_is_covered(
    signed_in_client: SignIn, admin: User
) -> None:
    with time_machine.travel(dt.datetime(2027, 12, 30, 12, tzinfo=dt.UTC)):
        page = text(signed_in_client(admin).get(REGISTER).content.decode())
    for part in ("England and Wales", "Scotland", "Northern Ireland"):
        assert f"{part}: known until 31 December 2028." in page
    assert "Runs out" not in page


def test_a_year_before_they_run_out_the_register_and_the_first_page_warn(
    signed_in_client: SignIn, admin: User, morgan_manager: User
) -> None:
    with time_machine.travel(dt.datetime(2028, 1, 3, 12, tzinfo=dt.UTC)):
        client = signed_in_client(admin)
        assert text(client.get(REGISTER).content.decode()).count("Runs out within a year") == 3
        home = text(client.get("/admin/").content.decode())
        assert "Bank holidays run out England and Wales: known until 31 December 2028." in home
        managers = signed_in_client(morgan_manager).get("/admin/", follow=True).content.decode()
        assert "Bank holidays run out" not in managers


def test_one_day_proclaimed_long_before_does_not_make_its_year_known(
    signed_in_client: SignIn, admin: User
) -> None:
    client = signed_in_client(admin)
    proclaimed(client, dt.date(2030, 6, 3))
    assert "England and Wales: known until 31 December 2028." in text(client.get(REGISTER).content.decode())


@pytest.mark.parametrize("person", ["morgan_manager", "casey_worker", "erin_editor"])
def test_nobody_else_changes_them(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn
) -> None:
    proclaimed(signed_in_client(request.getfixturevalue(person)))
    assert not BankHoliday.objects.filter(day=MONDAY).exists()
