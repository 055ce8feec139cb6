"""Answers that fewer people may read than the rest of a form: a manager does; a caseworker and the copies do not."""

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.actions.reopen import reopen
from casework.models import Action, Case
from core.dates import today
from forms_engine import held
from forms_engine.importing import import_form
from forms_engine.models import Draft, FormDefinition, Submission, Upload
from tests.casework.test_filling_in_for_somebody import FORM, begin, fill_in, said
from tests.factories import ActionFactory
from tests.forms_engine.conftest import Browser, pdf_file
from tests.house.family import Family, build

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SENT = "/admin/forms_engine/submission/inspect"
SECRET = "It would put somebody in danger"


def rows(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in tree["sections"]:
        yield from section["rows"]
        for item in section["items"]:
            yield from item["rows"]


@pytest.fixture
def family(db: None) -> Family:
    """Two parents who have each sent a form with a file."""
    return build()


@pytest.fixture
def sent(family: Family) -> Submission:
    """Sam's form: one answer, and the files, are for managers alone."""
    submission: Submission = family.papers[0].submission
    first, *others = rows(submission.content.tree)
    first["said"] = [SECRET]
    for row in (first, *(row for row in others if row["files"])):
        row["readers"] = "casework.managers"
    submission.content.save()
    return submission


@pytest.fixture
def pages(family: Family, sent: Submission, signed_in_client: SignIn) -> Callable[[str, str], str]:
    """A page of the sent form, as the person of that name sees it."""

    def page(person: str, path: str) -> str:
        return signed_in_client(family.people[person]).get(path, follow=True).content.decode()

    return page


def test_a_manager_reads_them_and_a_caseworker_does_not(
    sent: Submission, pages: Callable[[str, str], str]
) -> None:
    assert SECRET in pages("morgan_manager", f"{SENT}/{sent.pk}/")
    caseworkers = pages("casey_worker", f"{SENT}/{sent.pk}/")
    assert sent.reference in caseworkers
    assert SECRET not in caseworkers


@pytest.mark.parametrize("person", ["sam_parent", "casey_worker", "morgan_manager"])
def test_they_stand_on_no_copy_whoever_asks(
    person: str, sent: Submission, pages: Callable[[str, str], str]
) -> None:
    assert SECRET not in pages(person, f"/forms/sent/{sent.pk}/print/")
    assert SECRET not in pages(person, f"/forms/sent/{sent.pk}/")


def test_their_files_open_for_managers_alone(
    family: Family, sent: Submission, signed_in_client: SignIn
) -> None:
    file = sent.files.filter(role="upload").first()
    assert file is not None
    url = f"/forms/sent/{sent.pk}/files/{file.pk}/"
    answers = {
        person: signed_in_client(family.people[person]).get(url).status_code
        for person in ("morgan_manager", "casey_worker")
    }
    assert answers == {"morgan_manager": 200, "casey_worker": 404}


def test_the_download_of_all_that_is_held_names_no_file_that_her_receipt_hides(
    family: Family, sent: Submission
) -> None:
    file = sent.files.filter(role="upload").first()
    assert file is not None
    said = str([*held.export(family.people["sam_parent"], today())])
    assert sent.reference in said
    assert file.name not in said
    others = family.papers[1]
    assert others.file.name in str([*held.export(family.people[others.owner], today())])


def test_a_circle_that_nobody_registered_lets_nobody_in(
    sent: Submission, pages: Callable[[str, str], str]
) -> None:
    for row in rows(sent.content.tree):
        row["readers"] = "gone" if row.get("readers") else ""
    sent.content.save()
    assert SECRET not in pages("morgan_manager", f"{SENT}/{sent.pk}/")


ASK_A_MANAGER = "answers that only some people of the council may read"


@pytest.fixture
def guarded(db: None) -> FormDefinition:
    """A form whose story and reports are for managers alone."""
    data = copy.deepcopy(FORM)
    for question in data["sections"][0]["steps"][0]["questions"]:
        question["readers"] = "casework.managers"
    import_form(data, publish=True)
    return FormDefinition.objects.get()


@pytest.fixture
def reopened(
    guarded: FormDefinition, adas_case: Case, sam_parent: User, casey_worker: User, signed_in_client: SignIn
) -> Action:
    """Sam's form with a secret in it, sent and opened again."""
    action: Action = ActionFactory(case=adas_case, assignment__addressee=sam_parent, assignment__form=guarded)
    sam = signed_in_client(sam_parent)
    sam.post(reverse("forms:assignment", args=[action.assignment_id]))
    sams = Browser(sam, Draft.objects.get())
    sams.post("you", {"q-story": SECRET, "q-reports": pdf_file()})
    sams.post("check", {"q-true": "yes"})
    reopen(action, "One thing is missing", by=casey_worker, due=today() + dt.timedelta(days=7))
    return action


def test_a_caseworker_reads_none_of_them_by_helping_with_the_form_that_is_open_again(
    reopened: Action, guarded: FormDefinition, sam_parent: User, casey_worker: User, signed_in_client: SignIn
) -> None:
    answer = begin(signed_in_client(casey_worker), reopened.case, sam_parent, guarded)
    assert ASK_A_MANAGER in said(answer)
    assert not Draft.objects.filter(submitted_at=None).exists()


def test_a_caseworker_does_not_join_what_its_person_opened_again(
    reopened: Action, guarded: FormDefinition, sam_parent: User, casey_worker: User, signed_in_client: SignIn
) -> None:
    signed_in_client(sam_parent).post(reverse("forms:assignment", args=[reopened.assignment_id]))
    draft = Draft.objects.get(submitted_at=None)
    casey = signed_in_client(casey_worker)
    begin(casey, reopened.case, sam_parent, guarded)
    file = Upload.objects.get(party__draft=draft)
    for page in ("you/", "check/", "print/", "pdf/", f"files/{file.pk}/"):
        assert casey.get(f"/forms/{draft.pk}/{page}").status_code == 404
    assert SECRET in Browser(signed_in_client(sam_parent), draft).get("you").content.decode()


def test_a_manager_helps_and_nothing_is_lost(
    reopened: Action,
    guarded: FormDefinition,
    sam_parent: User,
    morgan_manager: User,
    signed_in_client: SignIn,
) -> None:
    assert begin(signed_in_client(morgan_manager), reopened.case, sam_parent, guarded).status_code == 302
    morgans = Browser(signed_in_client(morgan_manager), Draft.objects.get(submitted_at=None))
    assert SECRET in morgans.get("you").content.decode()
    assert Upload.objects.filter(party__draft=morgans.draft).count() == 1


def test_who_types_them_on_the_phone_goes_on_and_a_colleague_does_not_take_over(
    guarded: FormDefinition,
    adas_case: Case,
    sam_parent: User,
    casey_worker: User,
    morgan_manager: User,
    signed_in_client: SignIn,
) -> None:
    casey, morgan = signed_in_client(casey_worker), signed_in_client(morgan_manager)
    begin(casey, adas_case, sam_parent, guarded)
    Browser(casey, Draft.objects.get()).post("you", {"q-story": SECRET})
    assert begin(casey, adas_case, sam_parent, guarded).status_code == 302
    assert begin(morgan, adas_case, sam_parent, guarded).status_code == 302
    assert ASK_A_MANAGER in said(begin(casey, adas_case, sam_parent, guarded))
    fill_in(Browser(morgan, Draft.objects.get()))
    assert Submission.objects.get().assisted_by == morgan_manager


@pytest.fixture
def caseys(
    guarded: FormDefinition,
    adas_case: Case,
    sam_parent: User,
    casey_worker: User,
    signed_in_client: SignIn,
) -> Browser:
    """Casey's browser, with Sam's form begun by phone."""
    casey = signed_in_client(casey_worker)
    begin(casey, adas_case, sam_parent, guarded)
    return Browser(casey, Draft.objects.get())


def guesses(browser: Browser, story: str) -> HttpResponse:
    """What a helper is answered who posts `story` to a form that has been sent."""
    return browser.client.post(browser.url("you"), {"rev": "0", "shown": "story", "q-story": story})


@pytest.mark.capability("B32")
def test_a_helper_whose_help_is_over_cannot_guess_what_its_person_has_sent(
    caseys: Browser, sam_parent: User, signed_in_client: SignIn
) -> None:
    sams = Browser(signed_in_client(sam_parent), caseys.draft)
    sams.post("you", {"q-story": SECRET})
    sams.post("check", {"q-true": "yes"})
    assert Submission.objects.exists()

    for story in ("It would put nobody in danger", SECRET):
        answer = guesses(caseys, story)
        assert "You cannot open this form any more" in said(answer)
        assert [late.said for late in answer.context["page"].late] == [story]


@pytest.mark.capability("B32")
def test_a_helper_who_sent_it_cannot_guess_what_she_may_read_no_more(caseys: Browser) -> None:
    fill_in(caseys)

    for story in ("She needs noise.", "She needs quiet."):
        assert [late.said for late in guesses(caseys, story).context["late"]] == [story]
