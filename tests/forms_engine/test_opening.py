"""When a form can be begun: between two moments, while it is in use; and what whoever comes too late reads."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.dates import LONDON
from forms_engine import start, streams
from forms_engine.definition import build, find_faults, from_json, to_json
from forms_engine.models import Assignment, Draft, FormDefinition
from forms_engine.rules.opening import Opening, is_moment, opening
from tests.forms_engine.conftest import ask
from tests.forms_engine.editing import form_of, posted, published, small

SignedIn = Callable[[User], Client]
BEGIN = reverse("forms:begin", args=["small"])
NOW = dt.datetime(2026, 10, 20, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        pytest.param(None, None, Opening.OPEN, id="no limits"),
        pytest.param(NOW, None, Opening.OPEN, id="from this very moment"),
        pytest.param(NOW + dt.timedelta(minutes=1), None, Opening.NOT_YET, id="in a minute"),
        pytest.param(None, NOW, Opening.CLOSED, id="until this very moment"),
        pytest.param(None, NOW + dt.timedelta(minutes=1), Opening.OPEN, id="the last minute"),
    ],
)
def test_a_form_can_be_begun_from_its_first_moment_until_its_last(
    opens: dt.datetime | None, closes: dt.datetime | None, expected: Opening
) -> None:
    assert opening(opens, closes, NOW) is expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T09:00",
        "2026-09-01",
        "2026-09-01T25:00",
        "2026-9-1T09:00",
        "2026-03-29T01:30",
        "0001-01-01T00:00",
        "9999-12-31T23:59+02:00",
        "",
    ],
)
def test_what_is_no_day_and_time_is_no_moment(text: str) -> None:
    assert not is_moment(text)


def test_the_moments_are_checked_in_the_json() -> None:
    wrong = small() | {"opens_at": "2026-02-30T09:00", "closes_at": "2026-01-01T09:00"}

    assert {path for path, _message in find_faults(wrong)} == {"$.opens_at", "$.closes_at"}


def limited(opens: str = "2026-09-01T09:00", closes: str = "2026-10-01T17:00") -> dict[str, Any]:
    return small() | {"opens_at": opens, "closes_at": closes, "instead": "Write to us about {child}."}


def test_the_moments_are_londons_in_the_json_and_the_editor_in_summer_and_winter() -> None:
    definition = FormDefinition()
    streams.fill(definition, limited(closes="2026-12-01T17:00"))

    assert definition.opens_at == dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
    assert definition.closes_at == dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    again = streams.from_stream(definition)
    assert (again["opens_at"], again["closes_at"]) == ("2026-09-01T09:00", "2026-12-01T17:00")
    assert to_json(from_json(again)) == again


def asked_for(form: FormDefinition, person: User) -> Assignment:
    version = form.live_version()
    assert version is not None
    return ask(version, person)


def start_page(client: Client, asked: Assignment) -> Any:
    return client.get(reverse("forms:assignment", args=[asked.pk]))


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_whoever_comes_too_late_reads_what_to_do_instead_and_whom_to_call(
    sam_parent: User, signed_in_client: SignedIn
) -> None:
    asked = asked_for(published(limited()), sam_parent)
    client = signed_in_client(sam_parent)

    for answer in (start_page(client, asked), client.post(reverse("forms:assignment", args=[asked.pk]))):
        page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert "This form is closed" in page
        assert "It closed on 1 October 2026 at 5pm." in page
        assert "Write to us about Ada." in page
        assert "01632 960 100" in page
        assert ">Start<" not in page
    assert not Draft.objects.exists()


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("ending", ["closed", "withdrawn"])
def test_who_need_not_fill_a_form_in_is_not_asked_to(
    ending: str, sam_parent: User, signed_in_client: SignedIn
) -> None:
    form = limited() if ending == "closed" else small()
    asked = asked_for(published(form | {"intro": "It takes about 5 minutes."}), sam_parent)
    asked.why = "Tell us what you think."
    asked.state = Assignment.State.WITHDRAWN if ending == "withdrawn" else asked.state
    asked.save()

    page = start_page(signed_in_client(sam_parent), asked).content.decode()

    assert ("This form is closed" if ending == "closed" else "No longer needed") in page
    assert "It takes about 5 minutes." not in page
    assert "Tell us what you think." not in page


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_whoever_comes_too_early_reads_when_it_opens(sam_parent: User, signed_in_client: SignedIn) -> None:
    asked = asked_for(published(limited("2026-11-02T09:00", "2026-12-01T17:00")), sam_parent)

    page = start_page(signed_in_client(sam_parent), asked).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "This form is not open yet" in page
    assert "You can start it on 2 November 2026, from 9am." in page


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["closed", "withdrawn"])
def test_a_form_that_was_begun_goes_on_when_it_closes_or_is_withdrawn(
    ending: str, sam_parent: User, alex_parent: User, signed_in_client: SignedIn
) -> None:
    form = published(small() if ending == "withdrawn" else limited())
    with time_machine.travel(dt.datetime(2026, 9, 15, 12, tzinfo=LONDON), tick=False):
        begun = start.start(asked_for(form, sam_parent), timezone.now())
        late = asked_for(form, alex_parent)
    if ending == "withdrawn":
        FormDefinition.objects.get(pk=form.pk).unpublish()

    with time_machine.travel(NOW, tick=False):
        mine = Assignment.objects.get(pk=begun.assignment_id)
        assert start.start(mine, timezone.now()) == begun
        assert "Carry on" in start_page(signed_in_client(sam_parent), mine).content.decode()
        with pytest.raises(start.NotWaiting):
            start.start(Assignment.objects.get(pk=late.pk), timezone.now())
        assert "This form is closed" in start_page(signed_in_client(alex_parent), late).content.decode()


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_form_that_was_opened_again_can_be_sent_again_after_closing(sam_parent: User) -> None:
    asked = asked_for(published(limited()), sam_parent)
    asked.state = Assignment.State.REOPENED
    asked.save()

    assert start.start(asked, timezone.now()).is_open


@pytest.mark.django_db
def test_publishing_again_brings_a_withdrawn_form_back(sam_parent: User) -> None:
    form = published(small())
    form.unpublish()
    assert form.opening(NOW) is Opening.WITHDRAWN

    form.get_latest_revision().publish()

    assert FormDefinition.objects.get(pk=form.pk).opening(NOW) is Opening.OPEN


@pytest.mark.django_db
def test_an_editor_sets_the_moments_in_the_settings(erin_editor: User, signed_in_client: SignedIn) -> None:
    form = form_of(small())
    fields = posted(small()) | {
        "opens_at": "2026-09-01 09:00",
        "closes_at": "2026-10-01 17:00",
        "instead": "Call.",
    }
    where = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[form.pk])

    signed_in_client(erin_editor).post(where, fields | {"action-publish": "action-publish"})

    version = form.live_version()
    assert version is not None
    said = build(version.content)
    assert (said.opens_at, said.closes_at, said.instead) == ("2026-09-01T09:00", "2026-10-01T17:00", "Call.")


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_form_that_is_offered_and_closed_says_so_too(sam_parent: User, signed_in_client: SignedIn) -> None:
    published(limited() | {"handler": "accounts.team", "offered_to": "families"})
    client = signed_in_client(sam_parent)

    for answer in (client.get(BEGIN), client.post(BEGIN, {"about": "none"})):
        assert "This form is closed" in answer.content.decode()
    assert not Draft.objects.exists()
