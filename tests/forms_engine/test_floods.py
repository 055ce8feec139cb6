"""No session floods the people who read forms, the disk or the audit; and nothing that a person typed is lost by it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from forms_engine import pace
from forms_engine.importing import import_form
from forms_engine.models import Assignment, Draft, FormDefinition, StepAnswers, Submission, Upload
from forms_engine.page_limits import MOST_BYTES
from tests.factories import TeamFactory
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, pdf_file
from tests.forms_engine.test_lints import form_asking

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
SignIn = Callable[[User], Client]
BEGIN = "/forms/begin/a-form/"
FEW = 3


def allow(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """So many forms begun and sent an hour."""
    for name in ("BEGIN", "SEND"):
        monkeypatch.setattr(pace, name, replace(getattr(pace, name), most=most))


@pytest.fixture
def sam(signed_in_client: SignIn, sam_parent: User, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Sam, who may begin and send a few forms an hour; one is offered to her."""
    allow(monkeypatch, FEW)
    import_form(form_asking() | {"handler": "accounts.team", "offered_to": "families"}, publish=True)
    TeamFactory().forms.add(FormDefinition.objects.get())
    return signed_in_client(sam_parent)


def send(client: Client) -> HttpResponse:
    return Browser(client, Draft.objects.get(submitted_at=None)).post("send", {})


def asks_to_wait(answer: HttpResponse) -> bool:
    return answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 3600


def test_nobody_begins_more_forms_in_an_hour_than_people_do(sam: Client) -> None:
    for _time in range(FEW):
        assert sam.post(BEGIN, {"about": "none"}).status_code == 302
        Draft.objects.all().delete()
        Assignment.objects.update(state=Assignment.State.WITHDRAWN)
    answer = sam.post(BEGIN, {"about": "none"})
    assert asks_to_wait(answer)
    assert "You have begun many forms in a short time" in answer.content.decode()
    assert not Draft.objects.exists()


def test_nobody_sends_more_forms_in_an_hour_than_people_do_and_what_waits_is_kept(
    sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam.post(BEGIN, {"about": "none"})
    allow(monkeypatch, 0)
    answer = send(sam)
    assert asks_to_wait(answer)
    assert "This one is not sent yet. What you typed is kept." in answer.content.decode()
    assert not Submission.objects.exists()
    allow(monkeypatch, FEW)
    send(sam)
    assert Submission.objects.exists()


def test_pressing_submit_on_a_form_that_is_not_complete_is_no_form_sent(
    sams: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(monkeypatch, 1)
    sams.submit()
    sams.submit()
    sams.fill_in()
    sams.submit()
    assert Submission.objects.exists()


def test_whoever_is_signed_in_saves_whatever_guests_of_her_network_do(
    sams: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "GUEST_SAVE", replace(pace.GUEST_SAVE, most=0))
    assert sams.post("you", sample.YOU)["Location"] == sams.url("wish")


@pytest.mark.usefixtures("disk")
def test_ones_own_file_opened_again_and_again_is_written_down_once_an_hour(sams: Browser) -> None:
    sams.fill_in(until="files")
    sams.post("files", {"q-reports": pdf_file(), "add": "reports"})
    file = Upload.objects.get()
    for _time in range(5):
        url = reverse("forms:file", args=[sams.draft.pk, file.pk])
        assert sams.client.get(url).status_code == 200
        assert sams.client.get(reverse("forms:pdf", args=[sams.draft.pk])).status_code == 200
    verbs = AuditEntry.objects.filter(verb__in=("upload.read", "draft.download"))
    assert sorted(verbs.values_list("verb", flat=True)) == ["draft.download", "upload.read"]


def test_what_is_too_long_is_said_at_its_question_shown_back_and_the_rest_is_kept(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    before = StepAnswers.objects.get(step="you").answers
    long = "x y " * MOST_BYTES
    answer = sams.post("you", {**sample.YOU, "q-story": long, "q-name": "Another Name"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This is too long for us to keep, and it is not saved." in page
    assert long.strip() in page
    kept = StepAnswers.objects.get(step="you").answers
    assert kept == before | {"name": "Another Name"}
