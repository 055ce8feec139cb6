"""What becomes of a form that comes back, and who of the council may read it."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import User
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from casework.submissions import HANDLER, case_staff
from core.dates import today
from core.models import AuditEntry, OutboxItem
from forms_engine.models import FormVersion, Submission
from forms_engine.registries import handlers, prefill_sources, viewers
from forms_engine.spec import Question
from forms_engine.start import known_of
from forms_engine.types import question_types
from forms_engine.wagtail_hooks import handler_choices
from forms_engine.ways_back import way_back
from tests.factories import ActionFactory, CaseFactory, FormFactory

pytestmark = pytest.mark.django_db
handler = handlers.get(HANDLER)


@pytest.fixture
def sams_action(adas_case: Case, sam_parent: User) -> Action:
    return ActionFactory(case=adas_case, assignment__addressee=sam_parent)


def send(action: Action) -> Submission:
    """The row that sending makes, handed to the form's handler."""
    submission = Submission.objects.create(
        draft_id=uuid.uuid4(),
        version=FormVersion.objects.get(form=action.assignment.form),
        assignment=action.assignment,
        submitted_by=action.assignment.addressee,
        reference=f"PPF-{uuid.uuid4().hex[:8]}",
        submitted_at=timezone.now(),
        today=today(),
        salt="",
        digest="",
    )
    handler.on_submitted(submission)
    return submission


def comments(case: Case) -> list[CaseEvent]:
    return list(CaseEvent.objects.filter(case=case, event=Event.COMMENTS_RECEIVED))


def test_a_preference_form_counts_as_comments_on_the_draft(sams_action: Action, sam_parent: User) -> None:
    send(sams_action)
    (event,) = comments(sams_action.case)
    assert (event.day, event.by_name, event.recorded_by) == (today(), "Sam Parent", sam_parent)
    assert AuditEntry.objects.get(verb="action.done").object_id == sams_action.pk


def test_sending_it_again_after_it_was_reopened_moves_nothing(sams_action: Action) -> None:
    send(sams_action)
    send(sams_action)
    assert len(comments(sams_action.case)) == 1


def test_each_parents_comments_are_his_own(sams_action: Action, alex_parent: User) -> None:
    send(sams_action)
    send(ActionFactory(case=sams_action.case, assignment__addressee=alex_parent))
    assert {event.by_name for event in comments(sams_action.case)} == {"Sam Parent", "Alex Parent"}


def test_comments_on_a_new_draft_are_new_comments(sams_action: Action) -> None:
    send(sams_action)
    CaseEvent.objects.filter(event=Event.COMMENTS_RECEIVED).update(day=today() - dt.timedelta(days=5))
    CaseEvent.objects.create(case=sams_action.case, event=Event.DRAFT_SERVED.value, day=today())
    send(sams_action)
    assert len(comments(sams_action.case)) == 2


def test_another_form_and_a_form_before_the_draft_are_no_comments(adas_case: Case, sam_parent: User) -> None:
    other = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__form=FormFactory())
    early = ActionFactory(case=CaseFactory(requested=True), assignment__addressee=sam_parent)
    send(other)
    send(early)
    assert not CaseEvent.objects.filter(event=Event.COMMENTS_RECEIVED).exists()


def test_the_team_and_the_caseworker_hear_once_that_something_has_come(sams_action: Action) -> None:
    submission, key = send(sams_action), uuid.uuid4()
    handler.deliver(submission, key)
    handler.deliver(submission, key)
    sent = OutboxItem.objects.filter(payload__template="action-done")
    assert sorted(item.kind for item in sent) == ["email_person", "email_team"]
    assert "Ada" not in str([item.payload for item in sent])


def test_where_no_caseworker_is_chosen_the_team_hears(sams_action: Action) -> None:
    Case.objects.update(caseworker=None)
    handler.deliver(send(sams_action), uuid.uuid4())
    assert OutboxItem.objects.get(payload__template="action-done").kind == "email_team"


def test_a_form_that_belongs_to_no_case_is_left_alone(sams_action: Action) -> None:
    submission = send(sams_action)
    submission.assignment = None
    handler.on_submitted(submission)
    handler.deliver(submission, uuid.uuid4())
    assert not OutboxItem.objects.exists()


def test_the_cases_team_and_managers_read_it_and_nobody_else(
    sams_action: Action,
    casey_worker: User,
    robin_worker: User,
    morgan_manager: User,
    alex_parent: User,
    erin_editor: User,
) -> None:
    submission = send(sams_action)

    def reads(person: User) -> bool:
        return Submission.objects.filter(case_staff(person)).filter(pk=submission.pk).exists()

    assert reads(casey_worker)
    assert reads(morgan_manager)
    assert not any(reads(person) for person in (robin_worker, alex_parent, erin_editor))
    assert submission in Submission.objects.visible_to(casey_worker)
    assert submission not in Submission.objects.visible_to(alex_parent)
    assert "casework" in viewers


def test_what_the_council_knows_of_the_child_is_filled_in_already(
    sams_action: Action, sam_parent: User
) -> None:
    asked = sams_action.assignment
    known = {name: source(sam_parent, asked) for name, source in prefill_sources.items()}
    assert known["child.full_name"] == "Ada Parent"
    assert known["child.date_of_birth"] == {"day": "4", "month": "3", "year": "2019"}
    assert known["child.school"] == "Oakfield Primary School"


def test_a_school_that_the_council_knows_counts_as_chosen(sams_action: Action) -> None:
    """On "Check your answers" too, whether or not the page with the question was opened."""
    question = Question(
        "school", "record", "Which school?", prefill="child.school", config={"source": "schools"}
    )
    known = known_of([question], sams_action.assignment)
    cleaned = question_types.get("record").clean(question, known["school"])
    assert (cleaned.value["words"], cleaned.errors) == ("Oakfield Primary School", ())


def test_closing_the_form_leads_back_to_the_dashboard(sams_action: Action) -> None:
    back = way_back(sams_action.assignment)
    assert back.url == f"/cases/{sams_action.case_id}/"
    assert back.text == "Back to the SEND dashboard"


def test_of_a_form_that_is_about_nobody_no_child_is_known(sam_parent: User) -> None:
    of_a_child = [source for name, source in prefill_sources.items() if name.startswith("child.")]
    assert [source(sam_parent, None) for source in of_a_child] == [""] * 3


def test_editors_read_in_words_what_becomes_of_a_form() -> None:
    said = dict(handler_choices())
    assert said["casework.action"].startswith("It goes back to the case")
    assert said["accounts.team"].startswith("It goes to the teams")
