"""Going through a form page by page."""

import pytest
from django.urls import reverse

from forms_engine.models import Assignment, Draft, StepAnswers, Submission
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser


@pytest.mark.capability("B32", "B14")
def test_a_parent_goes_through_the_whole_form_and_sends_it(sams: Browser, asked: Assignment) -> None:
    sams.fill_in()
    check = sams.get("check")
    assert "Northgate School" in check.content.decode()
    sent = sams.client.post(sams.url("check"), {**sams.hidden(check), **sample.DECLARED})
    submission = Submission.objects.get()
    assert sent.url == reverse("forms:sent", args=[submission.pk])
    receipt = sams.client.get(sent.url).content.decode()
    assert submission.reference in receipt
    asked.refresh_from_db()
    assert asked.state == Assignment.State.SUBMITTED
