"""The demo's made-up families: loaded once, true on whatever day, and never in production."""

import datetime as dt
import io

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts import forms_that_come
from accounts.models import User
from casework.models import Action, Case, CaseEvent
from casework.rules.stages import StageName
from casework.selectors import council_counting, read_case
from config.demo.people import PASSWORD, PEOPLE
from config.demo.records import CHILDREN
from core.bank_holidays import shipped_working_days
from core.dates import today
from forms_engine.models import FormDefinition, PrivacyNotice
from home.models import HomePage
from schools.models import Child, School

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings: Settings) -> None:
    settings.DEMO = True
    call_command("demo", stdout=io.StringIO())


@pytest.mark.usefixtures("_demo")
def test_it_has_two_schools_a_dozen_children_and_cases_at_every_stage() -> None:
    assert School.objects.count() == 2
    assert Child.objects.count() == 12
    stages = {
        read_case(case, [], today=today(), counting=council_counting()).stage.name
        for case in Case.objects.all()
    }
    assert stages == set(StageName) - {StageName.REQUEST}


@pytest.mark.usefixtures("_demo")
def test_all_of_its_people_have_the_password_that_is_printed() -> None:
    assert set(User.objects.values_list("email", flat=True)) == {person.email for person in PEOPLE}
    (stored,) = set(User.objects.values_list("password", flat=True))
    assert check_password(PASSWORD, stored)


@pytest.mark.usefixtures("_demo")
def test_both_of_adas_parents_have_been_asked_for_their_preference() -> None:
    asked = {action.assignment.addressee.email: action for action in Action.objects.with_forms()}
    assert set(asked) == {"sam.parent@example.org", "alex.parent@example.org"}
    assert all(action.assignment.due >= today() for action in asked.values())


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-28", "2027-04-01"])
def test_the_council_has_done_nothing_on_a_day_off_and_both_parents_have_days_left(
    day: str, settings: Settings
) -> None:
    settings.DEMO = True
    with time_machine.travel(f"{day} 12:00", tick=False):
        call_command("demo", stdout=io.StringIO())
    done = CaseEvent.objects.exclude(event="comments-received").values_list("day", flat=True)
    calendar = shipped_working_days("england-and-wales")
    assert [when for when in done if not calendar.is_working(when)] == []
    for action in Action.objects.select_related("assignment"):
        assert action.assignment.due > dt.date.fromisoformat(day)


@pytest.mark.usefixtures("_demo")
def test_somebody_is_told_of_each_form_that_people_begin_unasked() -> None:
    forms = FormDefinition.objects.filter(handler=forms_that_come.HANDLER)
    assert not forms.filter(teams__members=None).exists()
    assert forms.filter(teams__members__email="casey.worker@example.org").count() > 1


@pytest.mark.usefixtures("_demo")
def test_loading_it_again_changes_nothing() -> None:
    def counts() -> list[int]:
        return [model.objects.count() for model in (User, Case, Child, Action, FormDefinition, HomePage)]

    before = counts()
    said = io.StringIO()
    call_command("demo", stdout=said)
    assert counts() == before
    assert said.getvalue() == ""


@pytest.mark.parametrize("day", ["2024-02-29", "2026-01-01", "2027-12-31"])
def test_children_have_their_ages_on_whatever_day_it_is_loaded(day: str, settings: Settings) -> None:
    settings.DEMO = True
    with time_machine.travel(f"{day} 12:00", tick=False):
        call_command("demo", stdout=io.StringIO())
    loaded = dt.date.fromisoformat(day)
    for row in CHILDREN:
        born = Child.objects.get(first_name=row.first_name, last_name=row.last_name).date_of_birth
        age = loaded.year - born.year - ((loaded.month, loaded.day) < (born.month, born.day))
        assert age == row.age, row


def test_a_demo_that_breaks_off_leaves_nothing_half_made(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    FormDefinition.objects.all().delete()
    with monkeypatch.context() as broken:
        broken.setattr("config.demo.load.SUPERVISOR", "nobody@example.org")
        with pytest.raises(KeyError):
            call_command("demo", stdout=io.StringIO())
    assert not User.objects.exists()
    call_command("demo", stdout=io.StringIO())
    assert User.objects.count() == len(PEOPLE)


def test_only_the_demos_settings_may_have_made_up_people(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="made-up people have no place here"):
        call_command("demo")
    assert not User.objects.exists()


def test_a_new_sites_first_pages_and_forms_come_without_people() -> None:
    said = io.StringIO()
    call_command("starter", stdout=said)
    assert said.getvalue() == "The first pages and forms are there.\n"
    assert HomePage.objects.count() == 1
    form = FormDefinition.objects.get(slug="parental-preference-form")
    assert form.live
    assert PrivacyNotice.objects.get().slug == form.notice
    assert not User.objects.exists()
    call_command("starter", verbosity=0)
    assert HomePage.objects.count() == 1
