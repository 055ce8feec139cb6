"""Two windows change the same page: both texts are shown, and nothing is overwritten silently."""

import pytest
from django.http import HttpResponse

from forms_engine.models import StepAnswers
from forms_engine.pages.conflict import marked
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser
from tests.work import at_most

HERE = sample.YOU | {"q-story": "She needs quiet. Lunch is hard."}
THERE = sample.YOU | {"q-story": "She needs quiet. It is near her gran."}


@pytest.fixture
def clash(sams: Browser) -> HttpResponse:
    """Sam opened "you" in two windows, saved it there, and then sends it here."""
    sams.post("you", sample.YOU)
    opened_here = sams.hidden(sams.get("you"))
    sams.post("you", THERE)
    return sams.client.post(sams.url("you"), {**opened_here, **HERE})


def choose(browser: Browser, clash: HttpResponse, **chosen: str) -> HttpResponse:
    """Press "Keep this and continue" on the page of the two texts."""
    carried: dict[str, list[str]] = {}
    for name, value in clash.context["hidden"]:
        carried.setdefault(name, []).append(str(value))
    return browser.client.post(browser.url("you"), {**carried, **chosen})


def story(browser: Browser) -> str:
    text: str = StepAnswers.objects.get(party__draft=browser.draft, step="you").answers["story"]
    return text


def test_both_texts_are_shown_and_what_was_saved_stays(sams: Browser, clash: HttpResponse) -> None:
    page = clash.content.decode()
    assert "Which text do you want to keep?" in page
    assert "<mark>Lunch" in page
    assert "gran.</mark>" in page
    assert "The other answers on this page are the same in both." in page
    assert story(sams) == THERE["q-story"]


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        ("mine", HERE["q-story"]),
        ("theirs", THERE["q-story"]),
        ("both", f"{THERE['q-story']}\n\n{HERE['q-story']}"),
    ],
)
def test_she_chooses_which_to_keep(sams: Browser, clash: HttpResponse, keep: str, kept: str) -> None:
    response = choose(sams, clash, **{"keep-story": keep})
    assert response.url == sams.url("wish")
    assert story(sams) == kept


def test_choosing_nothing_shows_both_again(sams: Browser, clash: HttpResponse) -> None:
    again = choose(sams, clash)
    assert "Choose what to keep" in again.content.decode()
    assert choose(sams, again, **{"keep-story": "mine"}).status_code == 302
    assert story(sams) == HERE["q-story"]


def test_a_third_window_meanwhile_is_shown_too(sams: Browser, clash: HttpResponse) -> None:
    sams.post("you", THERE | {"q-story": "A third text"})
    again = choose(sams, clash, **{"keep-story": "mine"})
    assert "A third text" in again.content.decode()
    assert story(sams) == "A third text"


def test_short_answers_cannot_be_joined(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    here = sams.hidden(sams.get("you"))
    sams.post("you", sample.YOU | {"q-name": "Sam There"})
    page = sams.client.post(sams.url("you"), {**here, **sample.YOU, "q-name": "Sam Here"})
    assert 'value="mine"' in page.content.decode()
    assert 'value="both"' not in page.content.decode()


def test_the_same_answers_in_both_windows_are_no_clash(sams: Browser) -> None:
    here = sams.hidden(sams.get("you"))
    sams.post("you", sample.YOU)
    assert sams.client.post(sams.url("you"), {**here, **sample.YOU}).url == sams.url("wish")


def test_what_differs_is_marked_word_by_word() -> None:
    left, right = marked("a small class", "a very big class")
    assert left == [("a ", False), ("small ", True), ("class", False)]
    assert right == [("a ", False), ("very big ", True), ("class", False)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("a b " * 1000, "b b a a " * 500, id="the same few words over and over"),
        pytest.param("a\nb\n" * 20_000, "b\nb\na\na\n" * 10_000, id="very long"),
        pytest.param("a " * 400, "b " * 400, id="nothing in common"),
    ],
)
def test_two_texts_are_compared_with_little_work(left: str, right: str) -> None:
    with at_most(1_000_000):
        ours, others = marked(left, right)
    assert "".join(text for text, _only_here in ours) == left
    assert "".join(text for text, _only_here in others) == right


def test_one_change_in_a_very_long_text_is_marked() -> None:
    before, after = "word " * 5000, "end " * 5000
    left, right = marked(f"{before}old {after}", f"{before}new and better {after}")
    assert left == [(before, False), ("old ", True), (after, False)]
    assert right == [(before, False), ("new and better ", True), (after, False)]


def test_of_texts_too_long_to_compare_all_between_the_first_difference_and_the_last_is_marked() -> None:
    changed = "word " * 1000
    left, right = marked(f"Dear all, {changed}Sam", f"Dear all, first {changed}last Sam")
    assert left == [("Dear all, ", False), (changed, True), ("Sam", False)]
    assert right == [("Dear all, ", False), (f"first {changed}last ", True), ("Sam", False)]


def test_a_page_with_many_clashes_compares_no_more_than_one_with_few(sams: Browser) -> None:
    sams.post("you", sample.YOU)
    here = sams.hidden(sams.get("you"))
    long = {"q-story": "a b " * 200, "q-name": "b a " * 10}
    sams.post("you", sample.YOU | long)
    page = sams.client.post(
        sams.url("you"), {**here, **sample.YOU, "q-story": "b b a a " * 100, "q-name": "a"}
    )
    clashes = {clash.question.id: clash for clash in page.context["clashes"]}
    assert len(clashes) == 2
    assert [only_here for _text, only_here in clashes["story"].mine] == [True]
