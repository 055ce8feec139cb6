"""Forms that come to a team: who reads them is settled when they are sent."""

from pathlib import Path

import pytest

from accounts.models import Team, User
from forms_engine.access import is_in_circle, sent_before_and_after
from forms_engine.definition import build, loads
from forms_engine.importing import import_form
from forms_engine.models import Assignment, FormDefinition, Submission
from tests.factories import AssignmentFactory, SubmissionFactory
from tests.forms_engine.test_lints import form_asking

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A21")]
FOLDER = Path(__file__).parents[2] / "fixtures" / "forms"


def published(handler: str) -> FormDefinition:
    import_form(form_asking() | {"handler": handler}, publish=True, replace=True)
    return FormDefinition.objects.get(slug="a-form")


def sent(form: FormDefinition) -> Submission:
    asked: Assignment = AssignmentFactory(form=form)
    submission: Submission = SubmissionFactory(assignment=asked, version=form.live_version())
    return submission


@pytest.fixture
def south(robin_worker: User) -> Team:
    """Robin's team."""
    return robin_worker.teams.get()


def test_a_form_of_a_case_stays_shut_to_a_team_that_is_given_the_form_later(
    robin_worker: User, south: Team
) -> None:
    sent(published("casework.action"))
    form = published("accounts.team")
    south.forms.add(form)
    to_the_team = sent(form)

    assert list(Submission.objects.visible_to(robin_worker)) == [to_the_team]


def test_what_replaced_a_sent_form_is_named_to_those_alone_who_may_read_it(
    robin_worker: User, south: Team
) -> None:
    form = published("accounts.team")
    south.forms.add(form)
    came = sent(form)
    later_version = published("casework.action").live_version()
    SubmissionFactory(assignment=came.assignment, version=later_version)
    assert sent_before_and_after(came, robin_worker) == (None, None)


def test_a_team_goes_on_reading_what_came_to_it_when_the_form_goes_elsewhere_from_now_on(
    robin_worker: User, south: Team
) -> None:
    form = published("accounts.team")
    south.forms.add(form)
    came = sent(form)
    later = sent(published("casework.action"))

    seen = Submission.objects.visible_to(robin_worker)

    assert came in seen
    assert later not in seen


def test_what_is_for_the_team_alone_is_read_by_the_team_that_the_form_came_to(
    robin_worker: User, casey_worker: User, morgan_manager: User, south: Team
) -> None:
    form = published("accounts.team")
    south.forms.add(form)
    came = sent(form)
    sender = User.objects.get(pk=came.submitted_by_id)

    assert is_in_circle("accounts.team", robin_worker, came)
    for other in (casey_worker, morgan_manager, sender):
        assert not is_in_circle("accounts.team", other, came)


@pytest.mark.parametrize(
    ("slug", "questions"),
    [("annual-data-check", {"risk", "risk-what"}), ("change-of-contact-details", {"safe", "safe-why"})],
)
def test_what_would_put_a_family_in_danger_is_for_the_team_alone(slug: str, questions: set[str]) -> None:
    form = build(loads((FOLDER / f"{slug}.json").read_bytes()))
    readers = {question.id: question.readers for question in form.questions()}
    assert {readers[id] for id in questions} == {"accounts.team"}
