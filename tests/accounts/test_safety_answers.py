"""What somebody tells of danger: read by the team that the form comes to, and on no copy, whoever asks for one."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import start
from forms_engine.models import FormDefinition, Submission
from tests.forms_engine.conftest import Browser, ask
from tests.forms_engine.test_receipt import bytes_of
from tests.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A21", "B31")]
SignIn = Callable[[User], Client]
BESIDE = "After school"
MARKER = "Quillfeather must not learn of it"
PAGES = {
    "who": {"q-you-name": "Sam Parent", "q-child-name": "Ada Parent"},
    "changed": {"q-what": ["what-phone"]},
    "phone": {"q-phone-mobile": "01632 960 001"},
    "tell-others": {"q-safe": "yes", "q-safe-why": MARKER, "q-call-when": BESIDE},
    "check": {"q-declaration": "yes"},
}


@pytest.fixture
def sent(robin_worker: User, sam_parent: User, signed_in_client: SignIn) -> Submission:
    """Sam's change of details, which comes to Robin's team."""
    call_command(
        "forms", "import", "fixtures/forms/change-of-contact-details.json", publish=True, verbosity=0
    )
    form = FormDefinition.objects.get()
    robin_worker.teams.get().forms.add(form)
    version = form.live_version()
    assert version is not None
    browser = Browser(signed_in_client(sam_parent), start.start(ask(version, sam_parent), timezone.now()))
    for step, answers in PAGES.items():
        assert browser.post(step, answers).status_code == 302, step
    submission: Submission = Submission.objects.get()
    return submission


def copy_of(sent: Submission, client: Client, copy: str) -> str:
    answer = client.get(reverse(f"forms:{copy}", args=[sent.pk]))
    assert answer.status_code == 200
    content = bytes_of(answer)
    if copy != "sent_pdf":
        return content.decode()
    with pikepdf.open(io.BytesIO(content)) as document:
        return text_of(document)


@pytest.mark.parametrize("person", ["sam_parent", "robin_worker"])
@pytest.mark.parametrize("copy", ["sent", "sent_print", "sent_pdf"])
def test_it_stands_on_no_copy_whoever_asks(
    copy: str, person: str, sent: Submission, signed_in_client: SignIn, request: pytest.FixtureRequest
) -> None:
    said = copy_of(sent, signed_in_client(request.getfixturevalue(person)), copy)
    assert "".join(BESIDE.split()) in "".join(said.split()) or copy == "sent"
    assert "Quillfeather" not in said


def test_the_team_that_the_form_came_to_reads_it(
    sent: Submission, robin_worker: User, signed_in_client: SignIn
) -> None:
    page = signed_in_client(robin_worker).get(f"/admin/forms_engine/submission/inspect/{sent.pk}/")
    assert MARKER in page.content.decode()


@pytest.mark.parametrize("copy", ["sent", "sent_print", "sent_pdf"])
def test_the_childs_other_parent_gets_no_copy_at_all(
    copy: str, sent: Submission, alex_parent: User, signed_in_client: SignIn
) -> None:
    assert signed_in_client(alex_parent).get(reverse(f"forms:{copy}", args=[sent.pk])).status_code == 404
