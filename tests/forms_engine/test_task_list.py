"""A long form as a list of sections, to be done in any order: GOV.UK's task list."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forms_engine.models import Assignment, Draft
from tests.forms_engine import editing, sample
from tests.forms_engine.conftest import Browser, ask, publish

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B32")]

Json = dict[str, Any]
ABOUT, READING, SCHOOLS, PAPERS, SEND = (
    "About Ada",
    "What you can ask for",
    "The schools",
    "Supporting documents",
    "Check and submit",
)


@pytest.fixture
def sample_data(sample_data: Json) -> Json:
    """The sample form, its sections in any order."""
    return sample_data | {"task_list": True}


@pytest.fixture
def sections(sams: Browser) -> str:
    """The address of the list."""
    return reverse("forms:resume", args=[sams.draft.pk])


def listed(sams: Browser, sections: str) -> dict[str, tuple[str, str]]:
    """Each section, with how far it is and where it leads."""
    tasks = sams.client.get(sections).context["tasks"]
    return {task.title: (task.said, task.url) for task in tasks}


def test_whoever_begins_comes_to_the_list_and_may_start_anywhere_but_at_the_end(
    sams: Browser, sections: str, asked: Assignment
) -> None:
    begun = sams.client.post(reverse("forms:assignment", args=[asked.pk]))
    assert begun["Location"] == sections
    assert listed(sams, sections) == {
        ABOUT: ("Not yet started", sams.url("you")),
        READING: ("Not yet started", sams.url("read")),
        SCHOOLS: ("Not yet started", sams.url("choices")),
        PAPERS: ("Not yet started", sams.url("files")),
        SEND: ("Cannot start yet", ""),
    }


def test_the_end_of_a_section_leads_back_to_the_list_and_so_does_its_first_page(
    sams: Browser, sections: str
) -> None:
    assert sams.post("you", sample.YOU)["Location"] == sams.url("wish"), "within a section from page to page"
    assert sams.post("wish", sample.WISH_HOME)["Location"] == sections
    assert sams.get("you").context["back"] == sections
    assert sams.get("wish").context["back"] == sams.url("you")
    assert sams.get("read").context["back"] == sections
    assert sams.post("read", {})["Location"] == sections


def test_each_section_says_how_far_it_is_and_leads_to_what_is_not_done(sams: Browser, sections: str) -> None:
    sams.post("choices", sample.SCHOOL, "aaaa0001")
    sams.post("you", sample.YOU)
    sams.post("read", {})
    sams.post("files", {**sample.FILES, "q-meeting": "perhaps"})
    assert listed(sams, sections) == {
        ABOUT: ("Incomplete", sams.url("wish")),
        READING: ("Completed", sams.url("read")),
        SCHOOLS: ("Completed", sams.url("choices")),
        PAPERS: ("There is a problem", sams.url("files")),
        SEND: ("Cannot start yet", ""),
    }
    assert sams.client.get(sections).context["progress"] == "You have done 2 of 5 sections."


def test_a_section_that_an_answer_opens_joins_the_list_when_it_is_opened(
    sample_data: Json, sams_browser: Callable[[Assignment], Browser], sam_parent: User
) -> None:
    sample_data["sections"][2]["show_if"] = {"question": "where", "op": "is", "value": "school"}
    sams = sams_browser(ask(publish(sample_data), sam_parent))
    sections = reverse("forms:resume", args=[sams.draft.pk])
    assert SCHOOLS not in listed(sams, sections)
    sams.post("wish", sample.WISH_SCHOOL)
    assert listed(sams, sections)[SCHOOLS] == ("Not yet started", sams.url("choices"))


def test_the_form_is_sent_from_the_list_when_the_rest_is_complete(sams: Browser, sections: str) -> None:
    for step in ("files", "read"):
        sams.post(step, sample.FILES if step == "files" else {})
    sams.post("choices", sample.SCHOOL, "aaaa0001")
    sams.post("choices", {})
    for step, typed in (("you", sample.YOU), ("wish", sample.WISH_SCHOOL), ("visit", sample.VISIT)):
        assert listed(sams, sections)[SEND] == ("Cannot start yet", "")
        sams.post(step, typed)

    assert listed(sams, sections)[SEND] == ("Not yet started", sams.url("check"))
    sams.submit()
    assert not Draft.objects.get(pk=sams.draft.pk).is_open


def test_a_page_that_is_changed_from_check_answers_leads_back_there(sams: Browser) -> None:
    sams.fill_in()
    assert sams.post("files", sample.FILES, check="1")["Location"] == sams.url("check")


def test_a_status_is_heard_with_the_section_that_it_belongs_to(sams: Browser, sections: str) -> None:
    page = sams.client.get(sections).content.decode()
    for link in re.findall(r'<a class="[^"]*task-list__link"[^>]*aria-describedby="([^"]*)"', page):
        assert re.search(rf'<div class="govuk-task-list__status[^"]*" id="{link}">', page)
    assert page.count("govuk-task-list__link") == 4


def test_the_list_at_the_side_leads_back_to_it(sams: Browser, sections: str) -> None:
    assert f'<a class="govuk-link" href="{sections}">' in sams.get("wish").content.decode()


def test_a_stranger_finds_no_list(sections: str, client: Client, noor_stranger: User) -> None:
    client.force_login(noor_stranger)
    assert client.get(sections).status_code in (302, 404)


def test_an_editor_sets_it_and_it_travels_with_the_form(erin: Client) -> None:
    form = editing.form_of(editing.small() | {"task_list": True})
    edit = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[form.pk])
    assert re.search(r'name="task_list"[^>]* checked', erin.get(edit).content.decode())
    export = reverse("wagtailsnippets_forms_engine_formdefinition:export", args=[form.pk])
    assert erin.get(export).json()["task_list"] is True
