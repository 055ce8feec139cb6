"""The SEND dashboard and the list of actions, as each person sees them."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from casework.models import Case, CaseEvent
from casework.rules.timetable import Event
from core.dates import day_text, today, weekday_day_text
from forms_engine.models import Assignment, FormDefinition
from forms_engine.start import start
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory, ChildFactory, FormFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def text(client: Client, page: str, case: Case) -> str:
    """What the page says, with plain spaces."""
    answer = client.get(reverse(f"casework:{page}", args=[case.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def dashboard(signed_in_client: SignIn, sam_parent: User) -> Callable[[Case], str]:
    """A function: what Sam's dashboard of a case says."""
    client = signed_in_client(sam_parent)
    return lambda case: text(client, "dashboard", case)


@pytest.fixture
def make_case(sam_parent: User) -> Callable[..., Case]:
    """A function: a case that Sam may open."""

    def make(**fields: object) -> Case:
        case = CaseFactory(**fields)
        CaseAccessFactory(case=case, person=sam_parent)
        return case

    return make


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
        assert (
            f"The law gives us {weeks} weeks. </p>" in said or f"The law gives us {weeks} weeks.</p>" in said
        )
    assert "We count 30 January 2023 as day one." in said
    assert "Counted from the day after, as the law is worded, the last day is 13 March 2023." in said
    assert "12 March is a Sunday, so we aim for Friday 10 March." in said
    assert "regulation 13(2)" in said
    assert said.count("How we worked this out") == 4


@pytest.mark.capability("B24", "B31")
def test_a_form_that_waits_is_her_turn_with_its_last_day(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    said = dashboard(adas_case)
    assert "Your turn" in said
    assert "Tell us what you think of Ada’s draft plan" in said
    assert weekday_day_text(action.assignment.due) in said
    assert "That is 6 days from now." in said
    assert reverse("forms:assignment", args=[action.assignment_id]) in said
    assert '<span class="tile__count">1</span>' in said
    assert "turn--late" not in said


def test_a_form_that_was_begun_is_carried_on(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.STARTED)
    assert "Carry on with the form" in dashboard(adas_case)


@pytest.mark.capability("B24")
def test_with_nothing_to_do_it_says_so_and_whose_turn_it_is(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    said = dashboard(make_case(requested=True))
    assert "The council’s turn" in said
    assert "We decide if we will assess Ada" in said
    assert "You do not need to do anything now." in said
    assert '<span class="tile__count">0</span>' in said
    assert "Nothing to do" in said
    assert "Your caseworker: not chosen yet" in said


def test_when_the_council_is_late_it_says_sorry_once_and_keeps_the_legal_date(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    case = make_case(overdue=True)
    due = today() - days(60) + days(41)
    said = dashboard(case)
    assert "turn--late" in said
    assert "We have not decided if we will assess Ada" in said
    assert "We are 19 days late, and we are sorry." in said
    assert said.count("sorry") == 1
    assert day_text(due) in said
    assert "The legal date stays" in said
    assert "Ombudsman" in said


def test_a_last_day_that_she_missed_is_no_red_panel_and_she_can_still_send(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, late=True, assignment__addressee=sam_parent)
    said = dashboard(adas_case)
    assert "You can still send your comments" in said
    assert ", 3 days ago." in said
    assert "We have not taken your silence as a yes." in said
    assert "turn--late" not in said
    assert "sorry" not in said


def test_a_form_that_waits_does_not_hide_that_the_council_is_late(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case], sam_parent: User
) -> None:
    case = make_case(overdue=True)
    ActionFactory(case=case, assignment__addressee=sam_parent)
    said = dashboard(case)
    assert "Your turn" in said
    assert "our own step is 19 days late, and we are sorry" in said


def test_the_panel_is_about_the_form_with_the_first_last_day_and_tells_of_the_others(
    dashboard: Callable[[Case], str], adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(
        case=adas_case, assignment__addressee=sam_parent, assignment__form=FormFactory(title="Later")
    )
    for title, due in (("Soonest", 2), ("Whenever", None)):
        ActionFactory(
            case=adas_case,
            assignment__addressee=sam_parent,
            assignment__form=FormFactory(title=title),
            assignment__due=today() + days(due) if due else None,
        )
    said = dashboard(adas_case)
    assert "Fill in “Soonest” for Ada" in said
    assert "There are 2 more things to do after this one." in said
    assert '<span class="tile__count">3</span>' in said


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


@pytest.mark.capability("B31")
def test_the_list_of_actions_says_why_until_when_and_what_became_of_each(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    def ask(title: str, state: str, **more: object) -> None:
        ActionFactory(
            case=adas_case,
            assignment__addressee=sam_parent,
            assignment__form=FormFactory(title=title),
            assignment__state=state,
            **more,
        )

    ask("New form", State.ASKED)
    ask("Opened form", State.REOPENED, assignment__reason="Which school is first?")
    ask("Late form", State.STARTED, late=True)
    ask("Accepted form", State.ACCEPTED)
    ask("Needless form", State.WITHDRAWN, assignment__reason="Asked by mistake.")
    said = text(signed_in_client(sam_parent), "actions", adas_case)
    assert "Actions to complete (3)" in said
    assert "We are writing the plan." in said
    assert "Which school is first?" in said
    assert "That day has passed. You can still send it." in said
    assert said.index("Late form") < said.index("New form") < said.index("Accepted form")
    assert "We do not need this any more. Asked by mistake." in said


@pytest.mark.parametrize("state", [State.REOPENED, State.STARTED])
def test_why_a_form_was_opened_again_is_said_until_it_is_sent(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User, state: str
) -> None:
    action = ActionFactory(
        case=adas_case,
        assignment__addressee=sam_parent,
        assignment__state=state,
        assignment__reason="Which school is first?",
        assignment__form=FormFactory(title="Transport"),
    )
    client = signed_in_client(sam_parent)
    assert "Which school is first?" in text(client, "actions", adas_case)
    assert "Change your answers in “Transport”" in text(client, "dashboard", adas_case)
    start = client.get(reverse("forms:assignment", args=[action.assignment_id])).content.decode()
    assert "Which school is first?" in start
    assert "Change your answers and send the form again" in start


def test_what_was_typed_is_shown_as_text(signed_in_client: SignIn, adas_case: Case, sam_parent: User) -> None:
    nasty = "<script>alert(1)</script>"
    ActionFactory(
        case=adas_case,
        assignment__addressee=sam_parent,
        assignment__form=FormFactory(title=nasty),
        assignment__why=nasty,
    )
    for page in ("dashboard", "actions"):
        said = text(signed_in_client(sam_parent), page, adas_case)
        assert nasty not in said
        assert escape(nasty) in said


@pytest.mark.parametrize("page", ["dashboard", "actions"])
def test_fifty_actions_cost_no_more_queries_than_one(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User, page: str
) -> None:
    client, address = signed_in_client(sam_parent), reverse(f"casework:{page}", args=[adas_case.pk])

    def queries() -> int:
        client.get(address)
        with counted_queries() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.SUBMITTED)
    one = queries()
    for number in range(48):
        state = State.SUBMITTED if number % 2 else State.ASKED
        form = FormFactory()
        ActionFactory(
            case=adas_case, assignment__addressee=sam_parent, assignment__form=form, assignment__state=state
        )
    assert queries() == one
    assert one <= 10


def test_a_child_at_no_school_has_a_dashboard_too(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    case = make_case(requested=True, child=ChildFactory(first_name="Bo", last_name="Li", known_as="Bee"))
    said = dashboard(case)
    assert "Bee’s SEND dashboard" in said
    assert "Bo Li</span>" in said


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


def test_a_closed_case_says_so_and_accuses_nobody(
    dashboard: Callable[[Case], str], make_case: Callable[..., Case]
) -> None:
    page = dashboard(make_case(overdue=True, closed_on=today() - dt.timedelta(days=1)))

    assert "case is closed" in page
    assert "sorry" not in page
    assert "Was due" not in page


def test_a_form_that_waited_when_the_case_was_closed_is_shut(
    signed_in_client: SignIn, sam_parent: User, make_case: Callable[..., Case]
) -> None:
    action = ActionFactory(case=make_case(requested=True), assignment__addressee=sam_parent)
    Case.objects.update(closed_on=today())

    form = signed_in_client(sam_parent).get(f"/forms/assignments/{action.assignment_id}/")

    assert form.status_code == 404


def test_the_panel_says_how_far_she_is_with_a_form_that_she_has_begun(
    signed_in_client: SignIn, sam_parent: User, alex_parent: User, adas_case: Case
) -> None:
    call_command("forms", "import", "fixtures/forms/parental-preference-form.json", "--publish")
    form = FormDefinition.objects.get(slug="parental-preference-form")
    for person in (sam_parent, alex_parent):
        ActionFactory(case=adas_case, assignment__addressee=person, assignment__form=form)
    client = signed_in_client(sam_parent)
    assert "You have done" not in text(client, "dashboard", adas_case)
    start(Assignment.objects.get(addressee=sam_parent), timezone.now())
    assert re.search(r"You have done \d of 6 sections\.", text(client, "dashboard", adas_case))
    assert "You have done" in client.get("/family/").content.decode()
    assert "You have done" not in text(signed_in_client(alex_parent), "dashboard", adas_case)
    with counted_queries() as queries:
        text(client, "dashboard", adas_case)
    assert len(queries) <= 10


def test_a_withdrawn_form_is_nothing_to_do_anywhere_on_the_page(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(
        case=adas_case,
        assignment__addressee=sam_parent,
        assignment__state=State.WITHDRAWN,
        assignment__reason="Not needed.",
    )
    said = text(signed_in_client(sam_parent), "dashboard", adas_case)
    assert "Your turn" not in said
    assert "We finish Ada’s plan" in said
    assert "You do not need to send the form any more." in said
