"""A form that staff help with is its person's: what she saves herself is hers alone, and she can end the help."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Case
from core.dates import today
from core.models import AuditEntry
from forms_engine import drafts
from forms_engine.assist import BegunByHerself, Help, begin_help
from forms_engine.drafts import Conflict, Shut
from forms_engine.models import Draft, FormDefinition, StepAnswers, Submission
from forms_engine.models.assisted import How
from forms_engine.submit import shown_answers, submit
from tests.casework.test_filling_in_for_somebody import (
    FORM,
    YES,
    SignIn,
    begin,
    casey,
    caseys,
    form,
    said,
)
from tests.forms_engine.conftest import Browser, filling_of

__all__ = ["casey", "caseys", "form"]
pytestmark = [pytest.mark.django_db, pytest.mark.capability("B32")]
STORY = FORM["sections"][0]["steps"][0]["questions"][0]["label"]
SECRET = "What I tell nobody yet."


@pytest.fixture
def sams(caseys: Browser, sam_parent: User, signed_in_client: SignIn) -> Browser:
    """Sam's own browser at the form that Casey has begun for her."""
    return Browser(signed_in_client(sam_parent), caseys.draft)


def alone(browser: Browser) -> str:
    return reverse("forms:alone", args=[browser.draft.pk])


def as_helper(draft: Draft, helper: User) -> drafts.Filling:
    """The draft as the helper's request read it."""
    filling = filling_of(draft, today())
    filling.party.helper = helper
    return filling


def test_what_she_saves_herself_is_shown_to_no_helper(caseys: Browser, sams: Browser) -> None:
    sams.post("you", {"q-story": SECRET})

    for step in ("you", "check"):
        page = said(caseys.get(step))
        assert SECRET not in page
        assert "Sam Parent goes on with it alone." in page
    for name in ("forms:print", "forms:pdf"):
        assert SECRET not in said(caseys.client.get(reverse(name, args=[caseys.draft.pk])))


def test_nobody_of_the_council_takes_it_over_or_sends_it_then(
    caseys: Browser,
    sams: Browser,
    adas_case: Case,
    sam_parent: User,
    morgan_manager: User,
    form: FormDefinition,
    signed_in_client: SignIn,
) -> None:
    sams.post("you", {"q-story": SECRET})
    morgan = signed_in_client(morgan_manager)

    assert "Sam Parent has begun this form." in said(begin(morgan, adas_case, sam_parent, form))
    assert Browser(morgan, caseys.draft).get("you").status_code == 404
    caseys.client.post(caseys.url("check"), {"q-true": "yes", "said-yes": YES})
    assert not Submission.objects.exists()


def test_what_a_helper_types_then_is_given_back_to_be_copied(caseys: Browser, sams: Browser) -> None:
    hidden = caseys.hidden(caseys.get("you"))
    sams.post("you", {"q-story": SECRET})

    page = said(caseys.client.post(caseys.url("you"), {**hidden, "q-story": "She needs quiet."}))

    assert STORY in page
    assert "She needs quiet." in page
    assert SECRET not in page
    assert StepAnswers.objects.get(step="you").answers["story"] == SECRET


def test_she_ends_the_help_with_a_button_and_keeps_what_is_written(caseys: Browser, sams: Browser) -> None:
    caseys.post("you", {"q-story": "She needs quiet."})
    assert alone(sams) in said(sams.get("you"))
    assert "Casey Worker of the council will not be able to open this form" in said(
        sams.client.get(alone(sams))
    )
    assert caseys.get("you").context["helped"]

    sams.client.post(alone(sams))

    page = said(sams.get("you"))
    assert "She needs quiet." in page
    assert alone(sams) not in page
    assert "You cannot open this form any more" in said(caseys.get("you"))
    assert AuditEntry.objects.filter(verb="draft.alone").count() == 1


def test_the_first_page_tells_her_who_helps(sams: Browser) -> None:
    page = said(sams.client.get(reverse("forms:assignment", args=[sams.draft.assignment_id])))
    assert "Casey Worker of the council is helping you with this form" in page
    assert alone(sams) in page


def test_a_helper_cannot_end_it_in_her_name(caseys: Browser) -> None:
    caseys.client.post(alone(caseys))
    caseys.draft.refresh_from_db()
    assert caseys.draft.is_helped


def test_a_yes_that_was_said_before_does_not_stand_for_what_she_wrote_after(
    caseys: Browser, sams: Browser
) -> None:
    caseys.post("check", {"said-yes": YES, "later": "yes"})
    sams.post("you", {"q-story": SECRET})
    caseys.draft.refresh_from_db()
    assert caseys.draft.said_yes == ""


def test_what_is_sent_still_says_who_typed_first(caseys: Browser, sams: Browser) -> None:
    caseys.post("you", {"q-story": "She needs quiet."})
    sams.post("check", {"q-true": "yes"})
    submission = Submission.objects.select_related("content").get()
    assert submission.assisted_by is None
    assert "Casey Worker" in str(submission.content.tree)


def test_a_save_of_the_helper_that_was_under_way_changes_nothing_and_shows_nothing(
    caseys: Browser, sams: Browser, casey_worker: User
) -> None:
    filling = as_helper(caseys.draft, casey_worker)
    sams.post("you", {"q-story": SECRET})
    for seen in (0, 1):
        with pytest.raises(Shut):
            drafts.save(filling, ("you", ""), {"story": "She needs quiet."}, seen)


def test_a_page_of_hers_that_was_under_way_is_not_kept_where_help_begins(
    sam_parent: User,
    casey_worker: User,
    adas_case: Case,
    form: FormDefinition,
    casey: Client,
) -> None:
    begin(casey, adas_case, sam_parent, form)
    draft = Draft.objects.get()
    Draft.objects.update(assisted_by=None, assisted_how="", assisted_on=None)
    hers = filling_of(draft, today())
    begin_help(draft, Help(casey_worker, How.PHONE, today()), timezone.now())
    with pytest.raises(Shut):
        drafts.save(hers, ("you", ""), {"story": SECRET}, 0)
    assert not StepAnswers.objects.exists()


def test_who_lost_the_form_to_a_colleague_meanwhile_does_not_send_it(
    caseys: Browser, casey_worker: User, morgan_manager: User
) -> None:
    caseys.post("you", {"q-story": "She needs quiet."})
    caseys.post("check", {"q-true": "yes", "said-yes": YES, "later": "yes"})
    filling = as_helper(caseys.draft, casey_worker)
    party, shown = filling.party, shown_answers(filling)
    begin_help(caseys.draft, Help(morgan_manager, How.PHONE, today()), timezone.now())
    with pytest.raises(Shut):
        submit(party, timezone.now(), today(), shown)
    assert not Submission.objects.exists()


def test_two_windows_of_hers_still_meet_as_before(sams: Browser) -> None:
    first = filling_of(sams.draft, today())
    sams.post("you", {"q-story": SECRET})
    with pytest.raises(Conflict):
        drafts.save(first, ("you", ""), {"story": "Another."}, 0)


def test_help_is_not_begun_again_once_she_went_on_alone(
    caseys: Browser, sams: Browser, casey_worker: User
) -> None:
    sams.client.post(alone(sams))
    later: Any = timezone.now() + dt.timedelta(minutes=1)
    with pytest.raises(BegunByHerself):
        begin_help(caseys.draft, Help(casey_worker, How.PHONE, today()), later)
