"""A published sample form, who was asked to fill it in, and a browser that goes through it."""

import copy
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import definition, drafts, start
from forms_engine.drafts import Filling
from forms_engine.models import Assignment, Draft, FormDefinition, FormVersion, Party
from forms_engine.registries import prefill_sources
from tests.forms_engine import sample

TODAY = dt.date(2026, 10, 20)


@pytest.fixture
def erin(signed_in_client: Callable[[User], Client], erin_editor: User) -> Client:
    """The content editor, signed in."""
    return signed_in_client(erin_editor)


@pytest.fixture(autouse=True)
def _source() -> Iterator[None]:
    """What the sample form asks to be prefilled with."""
    prefill_sources.register("test.name", lambda person, assignment: person.full_name)
    yield
    prefill_sources._entries.pop("test.name")


def publish(data: dict[str, Any], number: int = 1) -> FormVersion:
    """A version of the form `data`, as publishing makes it."""
    definition.from_json(data)
    form, _made = FormDefinition.objects.get_or_create(
        slug=data["slug"],
        defaults={
            "title": data["title"],
            "reference_prefix": data["reference_prefix"],
            "handler": data["handler"],
            "intro": data.get("intro", ""),
        },
    )
    content = definition.to_json(definition.build(data))
    return FormVersion.objects.create(
        form=form, number=number, content=content, digest=definition.digest(content)
    )


@pytest.fixture
def sample_data() -> dict[str, Any]:
    """The sample form's JSON, to change at will."""
    return copy.deepcopy(sample.SAMPLE)


@pytest.fixture
def version(db: None, sample_data: dict[str, Any]) -> FormVersion:
    return publish(sample_data)


def ask(version: FormVersion, person: User, **more: Any) -> Assignment:
    """Somebody asks `person` for the form."""
    fields = {"about_name": "Ada", "due": dt.date(2026, 10, 26), "why": "We are writing the plan.", **more}
    return Assignment.objects.create(form=version.form, addressee=person, **fields)


@pytest.fixture
def asked(version: FormVersion, sam_parent: User) -> Assignment:
    """Sam was asked for the form, about Ada."""
    return ask(version, sam_parent)


@pytest.fixture
def draft(asked: Assignment) -> Draft:
    return start.start(asked, timezone.now())


def filling_of(draft: Draft, today: dt.date = TODAY) -> Filling:
    """The draft as its own party's next request reads it."""
    party = Party.objects.select_related("draft__assignment").get(draft=draft)
    return drafts.load(party, today)


class Browser:
    """Somebody going through a draft: posts pages as their forms do, with the revision that was shown."""

    def __init__(self, client: Client, draft: Draft) -> None:
        self.client = client
        self.draft = draft

    def url(self, step: str, item: str = "") -> str:
        names = [self.draft.pk, step] + ([item] if item else [])
        return reverse("forms:item" if item else "forms:step", args=names)

    def get(self, step: str, item: str = "", **query: str) -> HttpResponse:
        return self.client.get(self.url(step, item), query)

    def hidden(self, page: HttpResponse) -> dict[str, str]:
        return {name: str(value) for name, value in page.context["hidden"]}

    def post(self, step: str, answers: dict[str, Any], item: str = "", **query: str) -> HttpResponse:
        """Open the page, type `answers`, press Continue (or the button that `answers` names).

        The answer to that, as a redirect; or the page that says what is wrong, to which it leads.
        """
        hidden = self.hidden(self.get(step, item, **query))
        return self.with_errors(self.client.post(self.url(step, item), {**hidden, **answers}))

    def with_errors(self, answer: HttpResponse) -> HttpResponse:
        """The page that a failed post leads to; any other answer as it is."""
        leads_on = answer.status_code != 302 or not self.is_failed(answer)
        return answer if leads_on else self.client.get(answer["Location"])

    def is_failed(self, answer: HttpResponse) -> bool:
        return "errors=1" in answer["Location"] or "forms_engine.refused" in self.client.session

    def fill_in(self, *, until: str = "") -> None:
        """All pages as a parent who asks for one school fills them in, up to `until`."""
        pages = {
            "you": sample.YOU,
            "wish": sample.WISH_SCHOOL,
            "visit": sample.VISIT,
            "read": {},
            "choices": {},
            "files": sample.FILES,
        }
        for step, answers in pages.items():
            if step == until:
                return
            if step == "choices":
                self.post(step, sample.SCHOOL, "aaaa0001")
            response = self.post(step, answers)
            assert response.status_code == 302, (step, response.context["problems"])

    def submit(self) -> HttpResponse:
        return self.post("check", sample.DECLARED)


@pytest.fixture
def sams(signed_in_client: Callable[[User], Client], sam_parent: User, draft: Draft) -> Browser:
    """Sam's browser, with the form started."""
    return Browser(signed_in_client(sam_parent), draft)


@pytest.fixture
def sams_browser(
    signed_in_client: Callable[[User], Client], sam_parent: User
) -> Callable[[Assignment], Browser]:
    """Sam's browser, with a form of the test's own started."""
    return lambda asked: Browser(signed_in_client(sam_parent), start.start(asked, timezone.now()))


def pdf_file(name: str = "report.pdf", text: str = "A report") -> SimpleUploadedFile:
    """A small sound PDF, different for each `text`."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        content = io.BytesIO()
        pdf.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")
