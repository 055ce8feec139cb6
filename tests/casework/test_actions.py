"""What a caseworker does in a case: one verb after the other."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework.actions.accept import accept
from casework.actions.ask_for_form import ask_for_form
from casework.actions.correct_event import correct_event
from casework.actions.record_event import record_event
from casework.actions.refusals import Refused
from casework.actions.reopen import reopen
from casework.actions.withdraw import withdraw
from casework.actions.withdraw_after_access import withdraw_after_access
from casework.admin.forms import AskForm
from casework.models import Action, Case, CaseAccess, CaseEvent
from casework.models.actions import ACCESS_ENDED
from casework.rules.timetable import Counting, Event
from core.dates import today
from core.models import AuditEntry, OutboxItem
from core.periodic import run_due
from forms_engine.models import Assignment, FormDefinition
from forms_engine.start import start
from tests.factories import ActionFactory, CaseFactory, FormFactory
from tests.forms_engine.at_once import at_once

pytestmark = pytest.mark.django_db
State = Assignment.State
NOW = timezone.now()
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
    adas_case.save()
    with pytest.raises(Refused, match="closed"):
        ask(adas_case, form, [sam_parent], casey_worker)


@pytest.mark.capability("B31")
@pytest.mark.parametrize(
    "opening",
    [
        pytest.param({"closes_at": NOW - dt.timedelta(minutes=1)}, id="closed"),
        pytest.param({"opens_at": NOW + dt.timedelta(hours=1)}, id="not open yet"),
    ],
)
def test_nobody_is_asked_for_a_form_that_nobody_can_begin(
    adas_case: Case,
    form: FormDefinition,
    sam_parent: User,
    casey_worker: User,
    opening: dict[str, dt.datetime],
) -> None:
    def offered() -> list[FormDefinition]:
        return list(AskForm(adas_case).fields["form"].queryset)  # type: ignore[attr-defined]

    assert offered() == [form]
    FormDefinition.objects.filter(pk=form.pk).update(**opening)
    form.refresh_from_db()
    with pytest.raises(Refused, match="nobody can begin it"):
        ask(adas_case, form, [sam_parent], casey_worker, now=NOW)
    assert offered() == []
    assert emails() == []


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


def test_a_form_is_not_opened_again_for_somebody_whose_access_has_ended(
    sent: Action, sam_parent: User, casey_worker: User
) -> None:
    CaseAccess.objects.filter(person=sam_parent).update(until=today() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="Sam Parent has no access"):
        reopen(sent, "Which school is first?", by=casey_worker)
    sent.refresh_from_db()
    assert sent.assignment.state == State.SUBMITTED


@pytest.mark.capability("B31")
def test_of_one_kind_of_form_one_waits_for_a_person_at_a_time(
    adas_case: Case, sam_parent: User, casey_worker: User, sent: Action
) -> None:
    again = ask(adas_case, sent.assignment.form, [sam_parent], casey_worker)[0]
    with pytest.raises(Refused, match="Sam Parent has been asked for this form anew"):
        reopen(sent, "Which school is first?", by=casey_worker)
    withdraw(again, "The old one does.", by=casey_worker)
    reopen(sent, "Which school is first?", by=casey_worker)
    assert adas_case.actions.of(sam_parent).waiting_for(sent.assignment.form_id).get() == sent


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_who_asks_anew_and_one_who_opens_again_at_once_leave_one_form_waiting(
    adas_case: Case, sam_parent: User, casey_worker: User, sent: Action
) -> None:
    form = sent.assignment.form

    def ask_anew() -> None:
        with suppress(Refused):
            ask(adas_case, form, [sam_parent], casey_worker)

    def open_again() -> None:
        with suppress(Refused):
            reopen(Action.objects.get(pk=sent.pk), "Which school is first?", by=casey_worker)

    work = [ask_anew, open_again] * 3
    at_once(len(work), lambda: work.pop()())

    assert adas_case.actions.of(sam_parent).waiting_for(form.pk).count() == 1


def test_whose_access_has_ended_is_sent_no_link(sent: Action, sam_parent: User, casey_worker: User) -> None:
    CaseAccess.objects.filter(person=sam_parent).update(until=today() - dt.timedelta(days=1))
    accept(sent, by=casey_worker)
    assert sent.assignment.state == State.ACCEPTED
    assert emails() == []


def test_a_form_that_waits_is_withdrawn_with_a_reason(
    adas_case: Case, sam_parent: User, casey_worker: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    withdraw(action, "We asked for it by mistake.", by=casey_worker)
    assert action.assignment.state == State.WITHDRAWN
    assert emails()[-1][1] == "action-withdrawn"


def test_whoever_was_asked_reads_on_the_form_why_it_was_taken_back(
    adas_case: Case, sam_parent: User, casey_worker: User, signed_in_client: Callable[[User], Client]
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    draft = start(action.assignment, timezone.now())
    withdraw(action, "We asked for it by mistake.", by=casey_worker)
    sams = signed_in_client(sam_parent)
    begun = sams.get(f"/forms/{draft.pk}/", follow=True).text
    assert "You do not need to fill this in any more" in begun
    assert "We asked for it by mistake." in begun
    assert "We asked for it by mistake." in sams.get(f"/forms/assignments/{action.assignment.pk}/").text


def test_a_form_taken_back_by_itself_says_why_in_words() -> None:
    assert Assignment(reason=ACCESS_ENDED).why_withdrawn == "Your access to this case has ended."


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
    with pytest.raises(Refused, match="The first day that this can have is"):
        attempt(Event.FINAL_ISSUED, today() - 2 * IN_A_WEEK)
    with pytest.raises(Refused, match="cannot follow"):
        attempt(Event.REQUEST_RECEIVED, today())
    with pytest.raises(Refused, match="cannot follow"):
        attempt(Event.PLAN_AGREED, today(), case=CaseFactory(team=adas_case.team))
    with pytest.raises(Refused, match="cannot record"):
        attempt(Event.FINAL_ISSUED, today(), by=robin_worker)
    adas_case.closed_on = today()
    adas_case.save()
    with pytest.raises(Refused, match="closed"):
        attempt(Event.FINAL_ISSUED, today())


def ended(case: Case, person: User) -> None:
    """That person's access to the case ended yesterday."""
    CaseAccess.objects.filter(case=case, person=person).update(until=today() - dt.timedelta(days=1))


def states(case: Case) -> dict[User, str]:
    return {row.assignment.addressee: row.assignment.state for row in case.actions.select_related()}


@pytest.mark.parametrize("state", [State.ASKED, State.STARTED, State.REOPENED])
def test_when_an_access_ends_what_waits_for_that_person_is_withdrawn_and_nothing_else(
    adas_case: Case, sam_parent: User, alex_parent: User, state: str
) -> None:
    for person in (sam_parent, alex_parent):
        ActionFactory(case=adas_case, assignment__addressee=person, assignment__state=state)
    other = ActionFactory(case=CaseFactory(requested=True), assignment__addressee=sam_parent)
    CaseAccess.objects.create(
        case=other.case, person=sam_parent, capacity="parent", since=today() - dt.timedelta(days=9)
    )
    assert withdraw_after_access() == 0
    ended(adas_case, sam_parent)
    assert withdraw_after_access() == 1
    assert states(adas_case) == {sam_parent: State.WITHDRAWN, alex_parent: state}
    assert states(other.case) == {sam_parent: State.ASKED}
    event = adas_case.events.get(event=Event.ACCESS_ENDED)
    assert (event.day, event.by_name, event.recorded_by) == (today(), "Sam Parent", None)
    entry = AuditEntry.objects.get(verb="action.withdrawn")
    assert (entry.subject_id, entry.reason) == (adas_case.child_id, "access ended")
    assert emails() == []
    assert withdraw_after_access() == 0


def test_what_was_sent_before_the_access_ended_stays_sent(adas_case: Case, sam_parent: User) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__state=State.SUBMITTED)
    ended(adas_case, sam_parent)
    assert withdraw_after_access() == 0
    assert states(adas_case) == {sam_parent: State.SUBMITTED}


def test_an_access_holds_to_the_end_of_its_last_day(adas_case: Case, sam_parent: User) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    CaseAccess.objects.filter(case=adas_case, person=sam_parent).update(until=today())
    assert withdraw_after_access() == 0
    assert withdraw_after_access(today() + dt.timedelta(days=1)) == 1


def test_of_two_forms_either_both_are_withdrawn_or_none(adas_case: Case, sam_parent: User) -> None:
    def no_events(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith('INSERT INTO "casework_caseevent"'):
            raise DatabaseError
        return execute(sql, *rest)

    for _number in range(2):
        ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__form=FormFactory())
    ended(adas_case, sam_parent)
    with connection.execute_wrapper(no_events), pytest.raises(DatabaseError):
        withdraw_after_access()
    assert states(adas_case) == {sam_parent: State.ASKED}
    assert withdraw_after_access() == 2
    assert adas_case.events.filter(event=Event.ACCESS_ENDED).count() == 1


def test_the_worker_looks_for_ended_accesses_as_it_goes_round(adas_case: Case, sam_parent: User) -> None:
    ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    ended(adas_case, sam_parent)
    assert "withdraw-after-access" in run_due()
    assert states(adas_case) == {sam_parent: State.WITHDRAWN}


@pytest.mark.parametrize("event", [Event.COMMENTS_RECEIVED, Event.ACCESS_ENDED])
def test_what_happens_by_itself_cannot_be_recorded_by_hand(
    adas_case: Case, casey_worker: User, event: Event
) -> None:
    with pytest.raises(Refused, match="by hand"):
        record_event(adas_case, event, today(), by=casey_worker, today=today())


def test_what_happened_is_recorded_once_however_often_the_button_is_pressed(
    adas_case: Case, casey_worker: User
) -> None:
    record_event(adas_case, Event.DRAFT_SERVED, today(), by=casey_worker, today=today())
    with pytest.raises(Refused, match="The first day that this can have is"):
        record_event(adas_case, Event.DRAFT_SERVED, today(), by=casey_worker, today=today())


@pytest.mark.capability("B19")
@pytest.mark.parametrize("event", [Event.ASSESSMENT_AGREED, Event.ASSESSMENT_REFUSED, Event.PLAN_REFUSED])
def test_a_second_or_contradictory_decision_is_refused_and_nobody_is_emailed(
    adas_case: Case, casey_worker: User, event: Event
) -> None:
    with pytest.raises(Refused, match="Correct it first"):
        record_event(adas_case, event, today(), by=casey_worker, today=today())
    assert emails() == []


def test_no_plan_is_sent_in_a_case_that_is_not_decided(casey_worker: User) -> None:
    case = CaseFactory(overdue=True)
    with pytest.raises(Refused, match="cannot follow"):
        record_event(case, Event.FINAL_ISSUED, today(), by=casey_worker, today=today())


def test_what_did_not_happen_is_taken_back_and_stays_on_record_with_the_reason(
    adas_case: Case, casey_worker: User, sam_parent: User
) -> None:
    wrong = record_event(adas_case, Event.FINAL_ISSUED, today(), by=casey_worker, today=today())
    correct_event(wrong, None, " It was another case. ", by=casey_worker, today=today())
    assert Event.FINAL_ISSUED not in adas_case.latest_events()
    wrong.refresh_from_db()
    assert (wrong.day, wrong.correction, wrong.corrected_by) == (
        today(),
        "It was another case.",
        casey_worker,
    )
    entry = AuditEntry.objects.get(verb="case.corrected")
    assert (entry.actor_id, entry.subject_id) == (casey_worker.pk, adas_case.child_id)
    assert entry.reason.endswith("-> did not happen")
    assert emails().count((str(sam_parent.pk), "case-news")) == 2


def test_another_day_moves_what_is_due_by_law(adas_case: Case, casey_worker: User) -> None:
    request = adas_case.latest_events()[Event.REQUEST_RECEIVED]
    earlier = request.day - IN_A_WEEK
    due = Case.objects.by_next_due(Counting.AFTER).get(pk=adas_case.pk).next_due
    correct_event(request, earlier, "The letter lay a week.", by=casey_worker, today=today())
    right = adas_case.latest_events()[Event.REQUEST_RECEIVED]
    assert (right.day, right.by_name) == (earlier, request.by_name)
    moved = Case.objects.by_next_due(Counting.AFTER).get(pk=adas_case.pk).next_due
    assert moved == due - IN_A_WEEK
    assert emails() == []


def test_what_cannot_be_corrected_says_why(adas_case: Case, casey_worker: User, robin_worker: User) -> None:
    happened = adas_case.latest_events()
    request, draft = happened[Event.REQUEST_RECEIVED], happened[Event.DRAFT_SERVED]

    def attempt(event: CaseEvent, day: dt.date | None, why: str = "Wrong", by: User = casey_worker) -> None:
        correct_event(event, day, why, by=by, today=today())

    with pytest.raises(Refused, match="follows from this"):
        attempt(request, None)
    with pytest.raises(Refused, match="The last day that this can have is"):
        attempt(request, today())
    with pytest.raises(Refused, match="still to come"):
        attempt(draft, today() + IN_A_WEEK)
    with pytest.raises(Refused, match="already"):
        attempt(draft, draft.day)
    with pytest.raises(Refused, match="Say why"):
        attempt(draft, None, " ")
    with pytest.raises(Refused, match="cannot record"):
        attempt(draft, None, by=robin_worker)
    attempt(draft, None)
    with pytest.raises(Refused, match="corrected meanwhile"):
        attempt(draft, None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_ask_for_one_form_at_once_ask_once(
    adas_case: Case, form: FormDefinition, sam_parent: User, casey_worker: User
) -> None:
    def press() -> None:
        with suppress(Refused):
            ask(adas_case, form, [sam_parent], casey_worker)

    at_once(6, press)

    assert Action.objects.filter(case=adas_case).count() == 1
    assert len(emails()) == 1
