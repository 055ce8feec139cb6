"""A form tried out in the preview of its editor: the pages that families meet, with answers that are made up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forms_engine.models import Draft, FormDefinition
from tests.forms_engine.editing import form_of, posted, question, small
from tests.forms_engine.sample import SAMPLE
from tests.forms_engine.test_authoring import shown, url

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]

PARENTS_OWN = {"q-where": "at-home", "q-why-home": "It is quiet"}


class Tried:
    """A form in Erin's editor, unsaved, and its pages in the preview."""

    def __init__(self, client: Client, data: dict[str, Any]) -> None:
        self.client = client
        self.form = form_of(data)
        self.pages = f"{url('preview_on_edit', self.form.pk)}pages/"
        self.type(data)

    def type(self, data: dict[str, Any]) -> None:
        ticks = {"task_list": "on"} if data.get("task_list") else {}
        self.client.post(url("preview_on_edit", self.form.pk), posted(data) | ticks)

    def see(self, page: str) -> str:
        """A page as it is chosen in the list of pages."""
        answer = self.client.get(url("preview_on_edit", self.form.pk), {"mode": page}, follow=True)
        assert answer.status_code == 200
        return " ".join(shown(answer).split())

    def answer(self, page: str, **answers: Any) -> str:
        """Where a page leads: the rest of the address."""
        answer = self.client.post(f"{self.pages}{page}/", answers)
        assert answer.status_code == 302
        return answer["Location"].removeprefix(self.pages)


@pytest.fixture
def erin(signed_in_client: SignedIn, erin_editor: User) -> Client:
    return signed_in_client(erin_editor)


@pytest.fixture
def small_form(erin: Client) -> Tried:
    return Tried(erin, small())


def test_continue_goes_along_the_branch_that_the_answer_opens(small_form: Tried) -> None:
    assert small_form.answer("place", **{"q-where": "at-school"}) == "visits/"
    assert small_form.answer("place", **PARENTS_OWN) == "send/"


def test_a_changed_answer_leads_to_the_page_that_it_opens_and_back_to_the_answers(small_form: Tried) -> None:
    small_form.answer("place", **PARENTS_OWN)
    assert small_form.answer("place", **{"q-where": "at-school", "check": "1"}) == "visits/?check=1"
    assert small_form.answer("visits", check="1") == "send/"


def test_the_pages_are_those_that_families_meet(small_form: Tried) -> None:
    page = small_form.see("place")

    assert "Where should Robin learn?" in page
    assert "About Robin, page 1" in page
    assert "Save for later" in page
    for leads_out in ("Create a PDF", "Close the form", "Print"):
        assert leads_out not in page


def test_a_page_in_the_middle_comes_with_made_up_answers_that_lead_there_and_can_be_changed(
    small_form: Tried,
) -> None:
    page = small_form.see("visits")

    assert "Have you seen it?" in page
    assert "Why at home?" not in page
    assert "Where should Robin learn? <strong>At a school</strong>" in page
    assert f'href="{small_form.pages}place/"' in page
    assert 'value="at-school" checked' in small_form.see("place")
    assert small_form.answer("place", **PARENTS_OWN) == "send/"


def test_what_was_answered_stays_while_the_form_is_edited(small_form: Tried) -> None:
    small_form.answer("place", **PARENTS_OWN)
    edited = small()
    question(edited, "why-home")["label"] = "Why would home be best?"

    small_form.type(edited)

    page = small_form.see("send")
    assert "Why would home be best?" in page
    assert "It is quiet" in page


def test_what_is_missing_stops_as_it_stops_a_family_and_an_editor_can_go_on_all_the_same(
    small_form: Tried,
) -> None:
    assert small_form.answer("place") == "place/?errors=1"
    page = " ".join(shown(small_form.client.get(f"{small_form.pages}place/?errors=1")).split())
    assert "There is a problem" in page
    assert "Go on all the same" in page

    assert small_form.answer("place", anyway="yes") == "send/"


def test_submit_leads_to_what_a_family_reads_then_and_nothing_is_kept_or_sent(small_form: Tried) -> None:
    small_form.answer("place", **PARENTS_OWN)

    assert small_form.answer("send") == "_sent/"
    page = " ".join(shown(small_form.client.get(f"{small_form.pages}_sent/")).split())
    assert "Form sent" in page
    assert "Of the preview nothing was sent." in page
    assert not Draft.objects.exists()


def test_a_form_that_nobody_can_send_says_so_after_its_last_page(erin: Client) -> None:
    data = small()
    del data["sections"][0]["steps"][2]
    tried = Tried(erin, data)

    assert tried.answer("place", **PARENTS_OWN) == "_sent/"
    assert "Nobody can send this form yet." in tried.see("_sent")


def test_it_can_be_emptied_and_begun_again(small_form: Tried) -> None:
    small_form.answer("place", **PARENTS_OWN)

    small_form.client.post(small_form.pages, {"again": "yes"})

    assert "It is quiet" not in small_form.see("place")


def test_a_question_that_these_answers_do_not_open_is_named(erin: Client) -> None:
    data = small()
    question(data, "seen")["show_if"] = {"question": "where", "op": "is", "value": "at-home"}

    page = Tried(erin, data).see("visits")

    assert "Asked on this page with other answers only:" in page


def test_a_page_that_nobody_can_meet_is_shown_and_said_to_be_so(erin: Client) -> None:
    data = small()
    both = [{"question": "where", "op": "is", "value": answer} for answer in ("at-home", "at-school")]
    data["sections"][0]["steps"][1]["show_if"] = {"all": both}

    page = Tried(erin, data).see("visits")

    assert "No answers lead to this page" in page
    assert "Have you seen it?" in page


def test_a_page_that_was_deleted_meanwhile_gives_way_to_the_whole_form(small_form: Tried) -> None:
    assert "Every question is shown" in small_form.see("gone")


def test_a_form_with_a_list_of_sections_shows_it_and_each_section_leads_back_to_it(erin: Client) -> None:
    tried = Tried(erin, SAMPLE | {"task_list": True})

    assert ("_sections", "List of sections") in tried.form.preview_modes
    page = tried.see("_sections")
    assert "Not yet started" in page
    tried.answer("you", **{"q-name": "Robin"})
    assert tried.answer("wish", **{"q-where": "home"}) == ""
    assert "Completed" in tried.see("_sections")


def test_what_can_be_added_several_times_is_added_moved_and_removed(erin: Client) -> None:
    tried = Tried(erin, SAMPLE)
    tried.see("choices")
    first, second = "00000001", "00000002"

    for item, name in ((first, "Northgate"), (second, "Southgate")):
        assert tried.answer(f"choices/{item}", **{"q-school-name": name}) == "choices/"
    tried.answer("choices", do="up", item=second)
    page = tried.see("choices")
    assert page.index("Southgate") < page.index("Northgate")

    assert "Yes, remove it" in shown(
        tried.client.post(f"{tried.pages}choices/", {"do": "remove", "item": first})
    )
    tried.answer("choices", do="remove", item=first, sure="yes")
    assert "Northgate" not in tried.see("choices")


def test_a_form_that_was_never_saved_is_tried_out_too(erin: Client) -> None:
    erin.post(url("preview_on_add"), posted(small()))

    page = erin.get(url("preview_on_add"), {"mode": "visits"}, follow=True)

    assert "Have you seen it?" in shown(page)
    assert not FormDefinition.objects.exists()


def test_every_question_that_waits_to_be_worded_has_words_meanwhile(erin: Client) -> None:
    data = small()
    question(data, "where")["label"] = ""
    data["sections"][0]["steps"][0]["title"] = ""

    page = Tried(erin, data).see("place")

    assert "Question without words" in page
    assert "Page without a title" in page


def test_who_may_not_edit_forms_tries_none_out(signed_in_client: SignedIn, casey_worker: User) -> None:
    form = form_of(small())

    answer = signed_in_client(casey_worker).get(f"{url('preview_on_edit', form.pk)}pages/place/")

    assert answer.status_code in (302, 403, 404)
    assert "Where should" not in shown(answer)
