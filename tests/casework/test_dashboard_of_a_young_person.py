"""The SEND dashboard speaks to a young person of their own case, and to the parents of one by name."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casework.models import Case
from casework.rules.timetable import Event
from forms_engine.models import Assignment
from tests.casework.page_text import text
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory, ChildFactory, FormFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


@pytest.mark.parametrize(
    ("events", "said"),
    [
        pytest.param({}, "We are getting your case ready", id="nothing recorded"),
        pytest.param({Event.REQUEST_RECEIVED: 10}, "We decide if we will assess you", id="requested"),
        pytest.param({Event.REQUEST_RECEIVED: 60}, "if we will assess you", id="late"),
        pytest.param(
            {Event.REQUEST_RECEIVED: 60, Event.ASSESSMENT_AGREED: 30}, "if you need a plan", id="assessed"
        ),
        pytest.param(
            {Event.REQUEST_RECEIVED: 60, Event.ASSESSMENT_REFUSED: 30}, "not to assess you", id="refused"
        ),
        pytest.param(
            {Event.REQUEST_RECEIVED: 110, Event.PLAN_REFUSED: 5}, "do not need a plan", id="no plan"
        ),
        pytest.param({Event.REQUEST_RECEIVED: 80, Event.PLAN_AGREED: 5}, "your draft plan", id="plan agreed"),
        pytest.param(
            {Event.REQUEST_RECEIVED: 90, Event.DRAFT_SERVED: 5}, "think of your draft plan", id="draft sent"
        ),
        pytest.param(
            {Event.REQUEST_RECEIVED: 90, Event.FINAL_ISSUED: 5}, "You have an EHC plan", id="finished"
        ),
    ],
)
def test_a_young_person_reads_about_their_own_case_as_you(
    signed_in_client: SignIn, yusuf_young: User, events: dict[Event, int], said: str
) -> None:
    child = ChildFactory(first_name="Zebediah", last_name="Young")
    case = CaseFactory(child=child, events=events)
    CaseAccessFactory(case=case, person=yusuf_young, capacity="young-person")
    client = signed_in_client(yusuf_young)
    page = text(client, "dashboard", case)
    assert "Your SEND dashboard" in page
    assert "Your SEND case" in page
    assert said in page
    # The caption alone says whose case it is.
    assert page.count("Zebediah") == page.count("Zebediah Young") == 1


def test_a_parent_of_a_young_person_reads_the_name(
    signed_in_client: SignIn, yusuf_young: User, make_case: Callable[..., Case], sam_parent: User
) -> None:
    case = make_case(requested=True, child=ChildFactory(first_name="Zebediah"))
    CaseAccessFactory(case=case, person=yusuf_young, capacity="young-person")
    page = text(signed_in_client(sam_parent), "dashboard", case)
    assert "We decide if we will assess Zebediah" in page
    assert "Your SEND dashboard" not in page


@pytest.mark.parametrize(
    ("state", "late", "said"),
    [
        (State.ASKED, False, "Fill in “Transport”"),
        (State.ASKED, True, "You can still send “Transport”"),
        (State.REOPENED, False, "Change your answers in “Transport”, and send it again"),
    ],
)
def test_a_young_person_is_asked_for_a_form_without_their_own_name(
    signed_in_client: SignIn, yusuf_young: User, state: str, late: bool, said: str
) -> None:
    case = CaseFactory(requested=True, child=ChildFactory(first_name="Zebediah", last_name="Young"))
    CaseAccessFactory(case=case, person=yusuf_young, capacity="young-person")
    ActionFactory(
        case=case,
        late=late,
        assignment__addressee=yusuf_young,
        assignment__state=state,
        assignment__form=FormFactory(title="Transport"),
    )
    client = signed_in_client(yusuf_young)
    assert f">{said}<" in text(client, "dashboard", case)
    page = text(client, "actions", case)
    assert page.count("Zebediah") == page.count("Zebediah Young")
