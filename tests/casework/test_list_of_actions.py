"""The list of what a family was asked to do: why, until when, and what became of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.models import User
from casework.actions.withdraw_after_access import withdraw_after_access
from casework.models import Case
from casework.models.actions import ACCESS_ENDED
from core.dates import today
from forms_engine.models import Assignment
from tests.casework.page_text import days, text
from tests.factories import ActionFactory, FormFactory
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = Assignment.State


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


def test_what_was_withdrawn_by_itself_says_why_to_whoever_has_access_again(
    signed_in_client: SignIn, adas_case: Case, sam_parent: User
) -> None:
    action = ActionFactory(case=adas_case, assignment__addressee=sam_parent)
    adas_case.access.filter(person=sam_parent).update(until=today() - days(1))
    with translation.override("cy"):
        withdraw_after_access()
    adas_case.access.filter(person=sam_parent).update(until=None)
    # The worker has nobody's language: words come with the page.
    assert Assignment.objects.get(pk=action.assignment_id).reason == ACCESS_ENDED
    said = text(signed_in_client(sam_parent), "actions", adas_case)
    assert "We do not need this any more. Your access to this case has ended." in said


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
