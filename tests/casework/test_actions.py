"""What a caseworker does in a case: one verb after the other."""

import datetime as dt

import pytest

from accounts.models import User
from casework.actions.accept import accept
from casework.actions.ask_for_form import ask_for_form
from casework.actions.record_event import record_event
from casework.actions.refusals import Refused
from casework.actions.reopen import reopen
from casework.actions.withdraw import withdraw
from casework.models import Action, Case
from casework.rules.timetable import Event
from core.dates import today
from core.models import AuditEntry, OutboxItem
from forms_engine.models import Assignment, FormDefinition
from tests.factories import ActionFactory, CaseFactory, FormFactory

pytestmark = pytest.mark.django_db
State = Assignment.State
IN_A_WEEK = dt.timedelta(days=7)


@pytest.fixture
def form(db: None) -> FormDefinition:
    return FormFactory(preference=True)


def ask(case: Case, form: FormDefinition, people: list[User], by: User, **more: object) -> list[Action]:
    wanted = {"due": today() + IN_A_WEEK, "why": "We are writing the plan.", "today": today()} | more
    return ask_for_form(case, form, people, by=by, **wanted)


def emails() -> list[tuple[str, str]]:
    """(person, template) of the emails that wait."""
    items = OutboxItem.objects.filter(kind="email_person").order_by("created_at")
    return [(item.payload["person"], item.payload["template"]) for item in items]


@pytest.mark.capability("B31")
def test_both_parents_are_asked_each_for_a_form_of_their_own(
    adas_case: Case, form: FormDefinition, sam_parent: User, alex_parent: User, casey_worker: User
) -> None:
    sams, alexs = ask(adas_case, form, [sam_parent, alex_parent], casey_worker)
    assert sams.batch == alexs.batch
    assert {sams.assignment.addressee, alexs.assignment.addressee} == {sam_parent, alex_parent}
    assert sams.assignment.state == State.ASKED
    assert (sams.assignment.about_name, sams.assignment.about_id) == ("Ada", adas_case.pk)
    assert sorted(emails()) == sorted(
        [(str(sam_parent.pk), "action-asked"), (str(alex_parent.pk), "action-asked")]
    )
    entries = AuditEntry.objects.filter(verb="action.asked")
    assert {entry.actor_id for entry in entries} == {casey_worker.pk}
    assert {entry.subject_id for entry in entries} == {adas_case.child_id}


def test_an_email_about_a_form_names_no_child_and_no_form(
    adas_case: Case, form: FormDefinition, sam_parent: User, casey_worker: User
) -> None:
    ask(adas_case, form, [sam_parent], casey_worker)
    payload = str(OutboxItem.objects.get(kind="email_person").payload)
    assert "Ada" not in payload
    assert "Preference" not in payload
    assert f"/cases/{adas_case.pk}/actions/" in payload


@pytest.mark.parametrize("who", ["noor_stranger", "robin_worker", "sam_parent", "erin_editor"])
def test_only_those_who_run_the_case_may_ask(
    request: pytest.FixtureRequest, adas_case: Case, form: FormDefinition, sam_parent: User, who: str
) -> None:
    with pytest.raises(Refused, match="cannot ask"):
        ask(adas_case, form, [sam_parent], request.getfixturevalue(who))
    assert not Action.objects.exists()
    assert not OutboxItem.objects.exists()


def test_nobody_is_asked_who_may_not_open_the_case(
    adas_case: Case, form: FormDefinition, sam_parent: User, noor_stranger: User, casey_worker: User
) -> None:
    with pytest.raises(Refused, match="Noor Stranger has no access"):
        ask(adas_case, form, [sam_parent, noor_stranger], casey_worker)
    assert not Action.objects.exists()


def test_a_second_click_does_not_ask_twice(
    adas_case: Case, form: FormDefinition, sam_parent: User, casey_worker: User
) -> None:
    ask(adas_case, form, [sam_parent], casey_worker)
    with pytest.raises(Refused, match="asked for this form already"):
        ask(adas_case, form, [sam_parent], casey_worker)
    assert Action.objects.count() == 1


def test_what_cannot_be_asked_says_why(
    adas_case: Case, form: FormDefinition, sam_parent: User, casey_worker: User
) -> None:
    with pytest.raises(Refused, match="cannot be in the past"):
        ask(adas_case, form, [sam_parent], casey_worker, due=today() - IN_A_WEEK)
    with pytest.raises(Refused, match="Choose who"):
        ask(adas_case, form, [], casey_worker)
    with pytest.raises(Refused, match="not published"):
        ask(adas_case, FormFactory(published=False), [sam_parent], casey_worker)
    with pytest.raises(Refused, match="not for cases"):
        ask(adas_case, FormFactory(handler=""), [sam_parent], casey_worker)
    adas_case.closed_on = today()
    with pytest.raises(Refused, match="closed"):
        ask(adas_case, form, [sam_parent], casey_worker)


@pytest.fixture
def sent(adas_case: Case, sam_parent: User) -> Action:
    """A form of Sam's that has come back."""
    return ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.SUBMITTED)


def test_a_form_is_accepted_and_the_family_told(sent: Action, sam_parent: User, casey_worker: User) -> None:
    accept(sent, by=casey_worker)
    assert sent.assignment.state == State.ACCEPTED
    assert emails() == [(str(sam_parent.pk), "action-accepted")]
    assert AuditEntry.objects.get(verb="action.accepted").object_id == sent.pk


def test_a_form_is_opened_again_with_a_reason_and_a_new_last_day(sent: Action, casey_worker: User) -> None:
    later = today() + IN_A_WEEK
    reopen(sent, " Which of the two schools is first? ", by=casey_worker, due=later)
    sent.refresh_from_db()
    assert (sent.assignment.state, sent.assignment.due) == (State.REOPENED, later)
    assert sent.assignment.reason == "Which of the two schools is first?"
    assert emails()[-1][1] == "action-reopened"


def test_a_form_that_waits_is_withdrawn_with_a_reason(
    adas_case: Case, sam_parent: User, casey_worker: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    withdraw(action, "We asked for it by mistake.", by=casey_worker)
    assert action.assignment.state == State.WITHDRAWN
    assert emails()[-1][1] == "action-withdrawn"


@pytest.mark.parametrize("verb", [reopen, withdraw])
def test_no_reason_no_change(sent: Action, casey_worker: User, verb: object) -> None:
    with pytest.raises(Refused, match="Say why"):
        verb(sent, "  ", by=casey_worker)
    sent.refresh_from_db()
    assert sent.assignment.state == State.SUBMITTED


def test_a_step_that_does_not_follow_is_refused(sent: Action, casey_worker: User) -> None:
    with pytest.raises(Refused, match="changed meanwhile"):
        withdraw(sent, "Not needed.", by=casey_worker)
    accept(sent, by=casey_worker)
    with pytest.raises(Refused, match="changed meanwhile"):
        accept(sent, by=casey_worker)
    assert len(emails()) == 1


def test_another_teams_caseworker_changes_nothing(sent: Action, robin_worker: User, sam_parent: User) -> None:
    for somebody in (robin_worker, sam_parent):
        with pytest.raises(Refused, match="cannot change"):
            accept(sent, by=somebody)
    sent.refresh_from_db()
    assert sent.assignment.state == State.SUBMITTED


@pytest.mark.capability("B1")
def test_a_decision_is_recorded_and_both_parents_hear_that_there_is_news(
    adas_case: Case, casey_worker: User, sam_parent: User, alex_parent: User
) -> None:
    record_event(adas_case, Event.FINAL_ISSUED, today(), by=casey_worker, today=today())
    assert adas_case.latest_events()[Event.FINAL_ISSUED].day == today()
    assert {person for person, template in emails() if template == "case-news"} == {
        str(sam_parent.pk),
        str(alex_parent.pk),
    }
    assert AuditEntry.objects.get(verb="case.final-issued").subject_id == adas_case.child_id


def test_what_cannot_have_happened_is_refused(
    adas_case: Case, casey_worker: User, robin_worker: User
) -> None:
    def attempt(event: Event, day: dt.date, by: User = casey_worker, case: Case = adas_case) -> None:
        record_event(case, event, day, by=by, today=today())

    with pytest.raises(Refused, match="still to come"):
        attempt(Event.FINAL_ISSUED, today() + IN_A_WEEK)
    with pytest.raises(Refused, match="before the request"):
        attempt(Event.PLAN_AGREED, today() - 20 * IN_A_WEEK)
    with pytest.raises(Refused, match="recorded already"):
        attempt(Event.REQUEST_RECEIVED, today())
    with pytest.raises(Refused, match="before the request"):
        attempt(Event.PLAN_AGREED, today(), case=CaseFactory(team=adas_case.team))
    with pytest.raises(Refused, match="cannot record"):
        attempt(Event.FINAL_ISSUED, today(), by=robin_worker)
    adas_case.closed_on = today()
    with pytest.raises(Refused, match="closed"):
        attempt(Event.FINAL_ISSUED, today())
