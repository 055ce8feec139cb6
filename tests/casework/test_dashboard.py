"""The SEND dashboard: where the case stands, its dates, and who sees what of it."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event
from core.dates import today
from forms_engine.models import Assignment
from tests.casework.page_text import text
from tests.factories import ActionFactory, ChildFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


@pytest.mark.capability("B19", "B22", "B23")
def test_it_says_where_the_case_stands_who_runs_it_and_who_requested(
    dashboard: Callable[[Case], str], adas_case: Case
) -> None:
    said = dashboard(adas_case)
    assert "Ada’s SEND dashboard" in said
    assert "Ada Parent, Oakfield Primary School" in said
    assert "Your caseworker: Casey Worker" in said
    assert "01632 960 101" in said
    assert "Requested by Sam Parent" in said
    assert said.count('aria-current="step"') == 1
    assert "You are here" in said
    assert adas_case.reference in said


@pytest.mark.capability("B20")
def test_each_date_opens_to_its_working_and_its_citation(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    asked = dt.date(2023, 1, 30)
    case = make_case(events={Event.REQUEST_RECEIVED: asked})
    said = dashboard(case)
    for due, weeks in (("12 March 2023", 6), ("21 May 2023", 16), ("18 June 2023", 20)):
        assert due in said
        assert f"The law gives us {weeks} weeks.</p>" in said
    assert "We count 30 January 2023 as day one." in said
    assert "Counted from the day after, as the law is worded, the last day is 13 March 2023." in said
    assert "12 March is a Sunday, so we aim for Friday 10 March." in said
    assert "regulation 13(2)" in said
    assert said.count("How we worked this out") == 4


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param(20, "We aim for", id="still to come"),
        pytest.param(105, "We aimed for", id="gone by"),
    ],
)
def test_an_aim_that_has_gone_by_is_not_spoken_of_as_to_come(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], asked: int, words: str
) -> None:
    case = make_case(events={Event.REQUEST_RECEIVED: asked, Event.PLAN_AGREED: 10})
    assert re.findall("We aim(?:ed)? for", dashboard(case)) == [words]


@pytest.mark.parametrize(
    ("events", "what"),
    [
        pytest.param({Event.ASSESSMENT_REFUSED: 3}, "We decided not to assess Ada", id="no assessment"),
        pytest.param(
            {Event.ASSESSMENT_AGREED: 8, Event.PLAN_REFUSED: 3}, "Ada does not need a plan", id="no plan"
        ),
    ],
)
def test_a_refusal_says_what_she_can_do(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], events: dict[Event, int], what: str
) -> None:
    said = dashboard(make_case(events={Event.REQUEST_RECEIVED: 30} | events))
    assert what in said
    assert "mediation" in said
    assert "Final plan" not in said


@pytest.mark.parametrize(
    "events",
    [
        pytest.param({}, id="nothing recorded"),
        pytest.param({Event.REQUEST_RECEIVED: 20, Event.ASSESSMENT_AGREED: 2}, id="assessing"),
        pytest.param({Event.REQUEST_RECEIVED: 20, Event.PLAN_AGREED: 2}, id="writing the draft"),
        pytest.param({Event.REQUEST_RECEIVED: 150, Event.PLAN_AGREED: 40}, id="late with the plan"),
        pytest.param({Event.REQUEST_RECEIVED: 100, Event.DRAFT_SERVED: 20}, id="comments were due"),
        pytest.param(
            {Event.REQUEST_RECEIVED: 100, Event.DRAFT_SERVED: 2}, id="comments asked without a form"
        ),
        pytest.param(
            {Event.REQUEST_RECEIVED: 100, Event.DRAFT_SERVED: 30, Event.FINAL_ISSUED: 0}, id="finished"
        ),
    ],
)
def test_every_place_that_a_case_can_be_in_has_its_words(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], events: dict[Event, int]
) -> None:
    said = dashboard(make_case(events=events))
    assert 'class="turn' in said
    assert "%(" not in said
    assert "Extra information: what “" in said


@pytest.mark.capability("B21")
def test_extra_information_is_about_the_stage_that_the_case_is_in(
    dashboard: Callable[[Case], str], adas_case: Case, make_case: Callable[..., Case]
) -> None:
    assert "Extra information: what “Draft plan” means" in dashboard(adas_case)
    assert "If you say nothing, we do not take it as a yes." in dashboard(adas_case)
    assert "what “Decision to assess” means" in dashboard(make_case(requested=True))


def test_two_parents_see_each_their_own_actions_and_their_own_comments(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User, alex_parent: User
) -> None:
    sams = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.SUBMITTED)
    alexs = ActionFactory(case=adas_case, assignment__addressee=alex_parent)
    CaseEvent.objects.create(
        case=adas_case,
        event=Event.COMMENTS_RECEIVED.value,
        day=today(),
        by_name="Sam Parent",
        recorded_by=sam_parent,
    )
    sam, alex = signed_in_client(sam_parent), signed_in_client(alex_parent)
    for page in ("dashboard", "actions"):
        assert str(alexs.assignment_id) not in text(sam, page, adas_case)
        assert str(sams.assignment_id) not in text(alex, page, adas_case)
    assert "You sent your comments" in text(sam, "dashboard", adas_case)
    assert "Actions to complete (0)" in text(sam, "actions", adas_case)
    assert "Not yet. You have 6 days." in text(alex, "dashboard", adas_case)
    assert "Comments came" not in text(alex, "dashboard", adas_case)


@pytest.mark.capability("B29")
def test_the_side_list_has_the_pages_that_exist(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    said = dashboard(adas_case)
    assert 'aria-current="page"><span>SEND dashboard</span>' in said
    assert '<span>Actions to complete</span><span class="side__num">1</span>' in said


def test_a_child_at_no_school_has_a_dashboard_too(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    case = make_case(requested=True, child=ChildFactory(first_name="Bo", last_name="Li", known_as="Bee"))
    said = dashboard(case)
    assert "Bee’s SEND dashboard" in said
    assert "Bo Li</span>" in said
