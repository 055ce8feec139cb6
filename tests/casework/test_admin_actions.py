"""What a caseworker does from the page of a case: asks, records, corrects, accepts, opens again, withdraws."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from core import outbox
from core.dates import today
from core.models import AuditEntry
from forms_engine.models import Assignment, FormDefinition
from tests.factories import ActionFactory, CaseAccessFactory, CaseFactory, FormFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State
CONFIRMED = {"confirmed": "yes"}
NEXT_WEEK = dt.timedelta(days=7)


@pytest.fixture
def form(db: None) -> FormDefinition:
    return FormFactory(preference=True)


@pytest.fixture
def casey(signed_in_client: SignIn, casey_worker: User) -> Client:
    return signed_in_client(casey_worker)


def at(name: str, thing: Case | Action) -> str:
    return reverse(name, args=[thing.pk])


def sams(case: Case, sam: User, state: str = State.SUBMITTED) -> Action:
    return ActionFactory(case=case, assignment__addressee=sam, assignment__state=state)


def state_of(action: Action) -> str:
    return Assignment.objects.get(pk=action.assignment_id).state


def said(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.capability("B31")
def test_both_parents_are_asked_at_once_and_each_is_emailed(
    casey: Client,
    adas_case: Case,
    form: FormDefinition,
    sam_parent: User,
    alex_parent: User,
    mailoutbox: list[EmailMessage],
) -> None:
    answers = {"people": [sam_parent.pk, alex_parent.pk], "form": form.pk, "why": "We wrote the draft."}
    response = casey.post(at("case_ask", adas_case), answers | {"due": today() + NEXT_WEEK}, follow=True)
    assert "2 people were asked." in said(response)
    assert {action.assignment.addressee for action in adas_case.actions.all()} == {sam_parent, alex_parent}
    outbox.sweep()
    assert {message.to[0] for message in mailoutbox} == {sam_parent.email, alex_parent.email}


def test_only_those_with_access_and_only_published_forms_of_cases_can_be_chosen(
    casey: Client, adas_case: Case, form: FormDefinition, noor_stranger: User
) -> None:
    FormFactory(title="Half written", published=False)
    page = said(casey.get(at("case_ask", adas_case)))
    assert "Sam Parent" in page
    assert "Noor Stranger" not in page
    assert "Half written" not in page
    answers = {"people": [noor_stranger.pk], "form": form.pk, "due": today() + NEXT_WEEK}
    assert casey.post(at("case_ask", adas_case), answers).status_code == 422
    assert not adas_case.actions.exists()


def test_what_is_missing_is_said_in_plain_words_and_what_was_typed_stays(
    casey: Client, adas_case: Case, form: FormDefinition, sam_parent: User
) -> None:
    answers = {"people": [sam_parent.pk], "form": form.pk, "due": "31 2 2040", "why": "Because we ask"}
    response = casey.post(at("case_ask", adas_case), answers)
    assert response.status_code == 422
    assert "<title>Error: Ask for a form" in " ".join(said(response).split()).replace("> ", ">")
    assert "This is not a real date." in said(response)
    assert "Because we ask" in said(response)
    assert 'value="31 2 2040"' in said(response)
    empty = said(casey.post(at("case_ask", adas_case), {}))
    assert "Choose who is to fill it in." in empty
    assert "Give the last day." in empty
    assert "This field is required" not in empty


def test_a_last_day_in_the_past_is_refused(
    casey: Client, adas_case: Case, form: FormDefinition, sam_parent: User
) -> None:
    answers = {"people": [sam_parent.pk], "form": form.pk, "due": today() - NEXT_WEEK}
    assert "The last day cannot be in the past." in said(casey.post(at("case_ask", adas_case), answers))


def test_the_last_day_that_is_suggested_is_the_laws_where_it_gives_one(
    casey: Client, casey_worker: User, sam_parent: User, form: FormDefinition
) -> None:
    ages = {Event.REQUEST_RECEIVED: 110, Event.PLAN_AGREED: 20, Event.DRAFT_SERVED: 4}
    drafted, new = CaseFactory(events=ages, caseworker=casey_worker), CaseFactory(caseworker=casey_worker)
    for case, days, why in (
        (drafted, 15 - 1 - 4, "The law gives the family"),
        (new, 14, "Two weeks from today"),
    ):
        CaseAccessFactory(case=case, person=sam_parent)
        page, last = said(casey.get(at("case_ask", case))), today() + dt.timedelta(days=days)
        assert f'name="due" value="{last.day} {last.month} {last.year}"' in page
        assert why in page


def test_what_is_recorded_happened_today_unless_somebody_says_otherwise(
    casey: Client, adas_case: Case
) -> None:
    day = today()
    assert f'value="{day.day} {day.month} {day.year}"' in said(casey.get(at("case_record", adas_case)))


def test_where_nobody_can_open_the_case_it_says_why_and_what_to_do(
    casey: Client, casey_worker: User, form: FormDefinition
) -> None:
    case = CaseFactory(requested=True, caseworker=casey_worker)
    page = said(casey.get(at("case_ask", case)))
    assert "Nobody of the family can open this case yet" in page
    assert "Ask for that first, then come back here." in page
    assert "Whom do you ask?" not in page
    assert casey.post(at("case_ask", case), {}).status_code == 422


def test_where_no_form_is_published_it_says_so(casey: Client, adas_case: Case) -> None:
    page = said(casey.get(at("case_ask", adas_case)))
    assert "No form for cases is published and open now." in page
    assert "Which form?" not in page


def test_what_is_wrong_is_said_first_takes_the_focus_and_leads_to_the_field(
    casey: Client, adas_case: Case, form: FormDefinition
) -> None:
    page = said(casey.post(at("case_ask", adas_case), {"form": form.pk}))
    problem = page[page.index('role="alert" tabindex="-1" autofocus') :]
    assert 'href="#id_people_0">Choose who is to fill it in.</a>' in problem
    assert 'href="#id_due">Give the last day.</a>' in problem
    assert 'id="id_people_0"' in page
    assert 'id="id_due"' in page
    assert "autofocus" not in said(casey.get(at("case_ask", adas_case)))


def test_each_choice_is_read_out_with_its_question_and_each_box_with_its_hint_and_error(
    casey: Client, adas_case: Case, form: FormDefinition
) -> None:
    page = " ".join(said(casey.post(at("case_ask", adas_case), {"form": form.pk})).split())
    group = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert group.startswith(
        '<fieldset class="case-choice" aria-describedby="id_people_helptext id_people_error">'
    )
    assert "Whom do you ask?" in group[: group.index("</legend>")]
    assert 'aria-describedby="id_due_helptext id_due_error"' in page
    for part in ("people", "due"):
        assert page.count(f'id="id_{part}_helptext"') == page.count(f'id="id_{part}_error"') == 1


def test_a_request_that_is_recorded_is_not_offered_again(casey: Client, adas_case: Case) -> None:
    page = said(casey.get(at("case_record", adas_case)))
    assert "Who asked?" not in page
    offered = re.findall(r'type="radio" name="event" value="([^"]+)"([^>]*)', page)
    assert [value for value, _rest in offered] == ["final-issued", "draft-served"]
    assert not any("checked" in rest for _value, rest in offered)
    assert f'value="{today().isoformat()}"' not in page
    again = {"event": Event.REQUEST_RECEIVED.value, "day": today()}
    assert "This step cannot come next. Choose one from the list." in said(
        casey.post(at("case_record", adas_case), again)
    )


def test_before_the_request_nothing_else_is_offered(casey: Client, casey_worker: User) -> None:
    case = CaseFactory(caseworker=casey_worker)
    page = said(casey.get(at("case_record", case)))
    assert "Request received" in page
    assert "Final plan sent" not in page
    answers = {"event": Event.REQUEST_RECEIVED.value, "day": today(), "by_name": "Sam Parent"}
    casey.post(at("case_record", case), answers | CONFIRMED)
    assert case.events.get().by_name == "Sam Parent"


def test_what_happened_is_recorded(casey: Client, adas_case: Case) -> None:
    answers = {"event": Event.FINAL_ISSUED.value, "day": today()}
    response = casey.post(at("case_record", adas_case), answers | CONFIRMED, follow=True)
    assert "Recorded. It now stands on the page of the case." in said(response)
    assert CaseEvent.objects.filter(case=adas_case, event=Event.FINAL_ISSUED, day=today()).exists()
    assert "All steps of this case have been recorded." in said(casey.get(at("case_record", adas_case)))


@pytest.mark.capability("B31")
def test_before_it_is_written_down_it_shows_what_each_household_will_read(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    answers = {"event": Event.FINAL_ISSUED.value, "day": today()}
    page = said(casey.post(at("case_record", adas_case), answers))
    sams, alexs = page[page.index("<h3>Sam Parent") :].split("<h3>Alex Parent")
    for household in (sams, alexs):
        assert "Ada has an EHC plan" in household
        assert "Tell us what you think" not in household
    assert "Each of them also gets an email" in page
    assert not CaseEvent.objects.filter(event=Event.FINAL_ISSUED).exists()


def test_a_wrong_event_is_corrected_after_a_look_at_what_follows_and_stands_struck_out(
    casey: Client, adas_case: Case
) -> None:
    draft = adas_case.latest_events()[Event.DRAFT_SERVED]
    target = reverse("case_correct", args=[draft.pk])
    case_page = f"/admin/casework/case/inspect/{adas_case.pk}/"
    assert target in said(casey.get(case_page))
    assert "Choose what is right." in said(casey.post(target, {"reason": "Wrong case"}))
    assert "Give the right day." in said(casey.post(target, {"what": "day", "reason": "Wrong case"}))
    answers = {"what": "not", "reason": "Wrong case"}
    preview = said(casey.post(target, answers))
    assert "We write Ada’s draft plan" in preview
    assert Event.DRAFT_SERVED in adas_case.latest_events()
    assert "It is corrected." in said(casey.post(target, answers | CONFIRMED, follow=True))
    assert Event.DRAFT_SERVED not in adas_case.latest_events()
    page = said(casey.get(case_page))
    assert "<s>Draft plan sent to the family</s>" in page
    assert "Wrong: corrected by Casey Worker" in page
    assert target not in page
    assert casey.get(target).status_code == 404


def test_another_team_corrects_nothing(signed_in_client: SignIn, robin_worker: User, adas_case: Case) -> None:
    draft = adas_case.latest_events()[Event.DRAFT_SERVED]
    target = reverse("case_correct", args=[draft.pk])
    answers = {"what": "not", "reason": "x"} | CONFIRMED
    assert signed_in_client(robin_worker).post(target, answers).status_code == 404
    assert Event.DRAFT_SERVED in adas_case.latest_events()


def test_what_is_still_to_come_cannot_be_recorded(casey: Client, adas_case: Case) -> None:
    answers = {"event": Event.FINAL_ISSUED.value, "day": today() + NEXT_WEEK}
    assert "This day is still to come." in said(casey.post(at("case_record", adas_case), answers))
    assert "Give the day." in said(casey.post(at("case_record", adas_case), {"event": "final-issued"}))


def test_a_form_that_came_back_is_accepted_by_a_post_alone(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    action = sams(adas_case, sam_parent)
    assert casey.get(at("case_accept", action)).status_code == 405
    assert state_of(action) == State.SUBMITTED
    assert "Accepted." in said(casey.post(at("case_accept", action), follow=True))
    assert state_of(action) == State.ACCEPTED


def test_two_clicks_on_accept_accept_once_and_say_so(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    action = sams(adas_case, sam_parent)
    casey.post(at("case_accept", action))
    assert "changed meanwhile" in said(casey.post(at("case_accept", action), follow=True))
    assert AuditEntry.objects.filter(verb="action.accepted").count() == 1


def test_a_form_is_opened_again_with_a_reason_and_a_new_last_day(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    action = sams(adas_case, sam_parent)
    due = today() + NEXT_WEEK
    casey.post(at("case_reopen", action), {"reason": "Which school is first?", "due": due})
    asked = Assignment.objects.get(pk=action.assignment_id)
    assert (asked.state, asked.reason, asked.due) == (State.REOPENED, "Which school is first?", due)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(6, -1, "The last day cannot be in the past.", id="a new day in the past"),
        pytest.param(-3, None, "The old last day has passed: give a new one.", id="the old one has passed"),
    ],
)
def test_no_form_is_opened_again_for_a_day_that_has_passed(
    casey: Client, adas_case: Case, sam_parent: User, old: int, new: int | None, words: str
) -> None:
    action = sams(adas_case, sam_parent)
    Assignment.objects.update(due=today() + dt.timedelta(days=old))
    due = "" if new is None else today() + dt.timedelta(days=new)
    response = casey.post(at("case_reopen", action), {"reason": "More, please", "due": due})
    assert words in said(response)
    assert state_of(action) == State.SUBMITTED


def test_a_form_that_waits_is_withdrawn_with_a_reason(
    casey: Client, adas_case: Case, sam_parent: User
) -> None:
    action = sams(adas_case, sam_parent, State.STARTED)
    assert "Say why" in said(casey.post(at("case_withdraw", action), {"reason": " "}))
    casey.post(at("case_withdraw", action), {"reason": "Asked by mistake"})
    assert state_of(action) == State.WITHDRAWN


def test_nothing_is_changed_in_a_closed_case(casey: Client, adas_case: Case, sam_parent: User) -> None:
    action = sams(adas_case, sam_parent)
    Case.objects.update(closed_on=today())
    assert "This case is closed." in said(casey.post(at("case_accept", action), follow=True))
    assert state_of(action) == State.SUBMITTED


CASE_PAGES = ["case_ask", "case_record"]
ACTION_PAGES = ["case_accept", "case_reopen", "case_withdraw"]


@pytest.mark.capability("A32")
@pytest.mark.parametrize("name", [*CASE_PAGES, *ACTION_PAGES])
@pytest.mark.parametrize("person", ["robin_worker", "erin_editor"])
def test_another_team_and_an_editor_find_none_of_these_pages_and_the_try_is_written_down(
    person: str,
    name: str,
    request: pytest.FixtureRequest,
    signed_in_client: SignIn,
    adas_case: Case,
    sam_parent: User,
) -> None:
    somebody = request.getfixturevalue(person)
    client, action = signed_in_client(somebody), sams(adas_case, sam_parent)
    target = at(name, adas_case if name in CASE_PAGES else action)
    answers = {"reason": "x", "event": "final-issued", "day": today(), "due": today()}
    assert client.post(target, answers).status_code == 404
    assert state_of(action) == State.SUBMITTED
    assert AuditEntry.objects.filter(verb="refused", actor_id=somebody.pk).exists()


@pytest.mark.parametrize("name", CASE_PAGES)
def test_a_manager_runs_the_cases_of_all_teams(
    name: str, signed_in_client: SignIn, morgan_manager: User, adas_case: Case
) -> None:
    assert signed_in_client(morgan_manager).get(at(name, adas_case)).status_code == 200


@pytest.mark.parametrize("page", ["case_reopen", "case_withdraw"])
def test_opening_a_familys_form_to_change_it_is_written_down(
    casey: Client, adas_case: Case, sam_parent: User, casey_worker: User, page: str
) -> None:
    action = sams(adas_case, sam_parent)
    assert casey.get(at(page, action)).status_code == 200
    entry = AuditEntry.objects.get(verb="action.read")
    assert (entry.actor_id, entry.role) == (casey_worker.pk, "Caseworkers")
    assert (entry.object_id, entry.subject_id) == (action.pk, adas_case.child_id)


@pytest.mark.capability("B31")
def test_who_asks_about_a_draft_plan_that_is_not_there_is_told_before(
    casey: Client, casey_worker: User, adas_case: Case, form: FormDefinition
) -> None:
    told = "No draft plan is recorded in this case, and this asks about one: “Parental Preference Form”."
    assert told not in said(casey.get(at("case_ask", adas_case)))
    early = CaseFactory(team=adas_case.team, caseworker=casey_worker)
    CaseAccessFactory(case=early)
    assert told in said(casey.get(at("case_ask", early)))
