"""Last days on which nobody works: the law's day stays, and the working day before it stands beside it."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.actions.notices import to_addressee
from casework.admin.my_day import my_day
from casework.models import Case
from casework.rules.deadlines import work_to
from casework.rules.timetable import Event
from core import outbox
from core.closed_days import reach_us_by, reason, we_aim_for, working_days
from core.models import BankHoliday
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SUNDAY = dt.date(2026, 11, 22)
SATURDAY_AFTER, CHRISTMAS = dt.date(2026, 11, 28), dt.date(2026, 12, 25)


@pytest.fixture
def on_a_sunday() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


def said(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def case_of(person: User, asked_on: dt.date, drafted_on: dt.date, **more: object) -> Case:
    events = {
        Event.REQUEST_RECEIVED: asked_on,
        Event.ASSESSMENT_AGREED: asked_on + dt.timedelta(20),
        Event.PLAN_AGREED: asked_on + dt.timedelta(60),
        Event.DRAFT_SERVED: drafted_on,
    }
    case = CaseFactory(events=events, **more)
    CaseAccessFactory(case=case, person=person)
    return case


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        pytest.param("2026-12-25", "2026-12-24", id="Christmas Day, a Friday"),
        pytest.param("2026-12-28", "2026-12-24", id="the bank holiday after it, over the weekend"),
        pytest.param("2026-11-27", "2026-11-27", id="a working day stays"),
        pytest.param("2026-11-22", "2026-11-22", id="today, when the working day before has passed"),
        pytest.param("2026-11-14", "2026-11-14", id="a date that is past is late from its own day"),
    ],
)
def test_staff_work_to_the_working_day_before_a_date(due: str, shown: str) -> None:
    assert work_to(dt.date.fromisoformat(due), SUNDAY, working_days()).isoformat() == shown


def test_why_nobody_works_is_said_with_the_day() -> None:
    assert reason(SATURDAY_AFTER).replace("\N{NO-BREAK SPACE}", " ") == "28 November is a Saturday"
    assert reason(CHRISTMAS).replace("\N{NO-BREAK SPACE}", " ") == "25 December is a bank holiday"
    assert reach_us_by(dt.date(2026, 11, 27), SUNDAY) == []
    assert we_aim_for(SUNDAY, today=SUNDAY) == []


def test_a_bank_holiday_proclaimed_since_counts_at_once() -> None:
    friday = dt.date(2026, 11, 27)
    assert reach_us_by(friday, SUNDAY) == []
    BankHoliday.objects.create(calendar="england-and-wales", day=friday, name="Proclaimed")
    assert "Thursday 26 November" in reach_us_by(friday, SUNDAY)[0]


@pytest.mark.capability("B20")
def test_a_parent_keeps_her_saturday_and_reads_until_when_we_are_at_work(
    on_a_sunday: None, signed_in_client: SignIn, sam_parent: User
) -> None:
    case = case_of(sam_parent, dt.date(2026, 8, 8), dt.date(2026, 11, 14))
    action = ActionFactory(case=case, assignment__addressee=sam_parent, assignment__due=SATURDAY_AFTER)
    client = signed_in_client(sam_parent)
    hint = "28 November is a Saturday. To reach us while we are at work, send it by Friday 27 November."
    for url in (
        "/family/",
        reverse("casework:dashboard", args=[case.pk]),
        reverse("casework:actions", args=[case.pk]),
        reverse("forms:assignment", args=[action.assignment_id]),
    ):
        page = said(client, url)
        assert "Saturday 28 November" in page, url
        assert hint in page, url


@pytest.mark.capability("B20")
def test_what_the_council_owes_on_christmas_day_it_aims_to_send_before(
    on_a_sunday: None, signed_in_client: SignIn, sam_parent: User
) -> None:
    case = case_of(sam_parent, dt.date(2026, 8, 8), dt.date(2026, 11, 2))
    page = said(signed_in_client(sam_parent), reverse("casework:dashboard", args=[case.pk]))
    panel = page.split('class="turn', 1)[1].split("</section>", 1)[0]
    assert "Friday 25 December" in panel
    assert "25 December is a bank holiday, so we aim for Thursday 24 December." in panel


def test_the_email_says_the_working_day_too(
    sam_parent: User, adas_case: Case, mailoutbox: list[EmailMessage]
) -> None:
    for due in (SATURDAY_AFTER, dt.date(2026, 11, 27)):
        to_addressee(
            "action-asked",
            ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__due=due),
        )
    outbox.sweep()
    weekend, working = sorted((message.body for message in mailoutbox), key=len, reverse=True)
    assert "28 November 2026. That is not a working day." in weekend
    assert "send it by Friday 27 November." in weekend
    assert "working day" not in working


def test_my_day_and_the_register_show_a_date_under_the_working_day_before(
    on_a_sunday: None, signed_in_client: SignIn, casey_worker: User, sam_parent: User
) -> None:
    # Counted with the day of the request, as councils do: 20 weeks end on Saturday 5 December.
    case_of(sam_parent, dt.date(2026, 7, 19), dt.date(2026, 10, 5), caseworker=casey_worker)
    client = signed_in_client(casey_worker)
    assert "4 December, since 5 December is a Saturday" in said(client, "/admin/casework/case/")


def test_a_date_just_beyond_the_week_that_has_to_be_met_within_it_is_due_in_it(
    casey_worker: User, sam_parent: User
) -> None:
    # Due on Sunday 29 November or the day before, to be met by Friday 27 November.
    case_of(sam_parent, dt.date(2026, 7, 12), dt.date(2026, 10, 5), caseworker=casey_worker)
    assert [tile.count for tile in my_day(casey_worker, dt.date(2026, 11, 20)).tiles][1] == 1
    assert [tile.count for tile in my_day(casey_worker, dt.date(2026, 11, 18)).tiles][1] == 0
