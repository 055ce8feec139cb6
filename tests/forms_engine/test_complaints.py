"""What users of other form engines complain of, by the numbers of our list, and what becomes of it here.

Those that belong to one page or rule stand with the tests of that: 5 and 7 (test_asking.py), 6 (test_publishing.py),
10 (test_library.py), 11 (test_bring_in.py), 14 (test_prefill_modes.py), 15 (test_two_editors.py), and the half of 13
that is about PDFs (test_pdf_of_shipped_forms.py).
"""

import copy
import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forms_engine import start
from forms_engine.authoring.words import Words
from forms_engine.definition import build, find_faults
from forms_engine.models import Draft, StepAnswers
from forms_engine.rules.conditions import All, AnyOf, Condition, Items, Not
from forms_engine.rules.journey import StepStore, walk
from forms_engine.rules.operators import Operator
from forms_engine.spec import Form
from forms_engine.types import question_types
from forms_engine.widgets import operand_shapes, operators_of_types
from forms_engine.wording import wording_for
from tests.conftest import sign_in_client
from tests.forms_engine import sample
from tests.forms_engine.conftest import TODAY, Browser, ask, pdf_file, publish
from tests.forms_engine.test_shipped_forms import FILES, read
from tests.queries import counted_queries

Json = dict[str, Any]
SignedIn = Callable[[User], Client]


# 1. The form changed while people were filling it in.


@pytest.mark.django_db
def test_complaint_1_a_form_that_is_changed_meanwhile_stays_as_it_was_for_whoever_has_begun(
    sams: Browser, sample_data: Json
) -> None:
    sams.fill_in(until="visit")
    changed = copy.deepcopy(sample_data)
    # A page is gone, a question is worded anew, and another is asked for.
    about = changed["sections"][0]["steps"]
    del about[2]
    about[1]["questions"][0]["label"] = "Reworded"
    about[0]["questions"].append({"id": "new", "type": "short_text", "label": "New?", "level": "required"})
    publish(changed, number=2)

    assert "Reworded" not in sams.get("wish").content.decode()
    assert "Have you seen the school?" in sams.get("visit").content.decode()
    sams.fill_in()
    assert sams.submit().status_code == 302
    assert Draft.objects.get(pk=sams.draft.pk).version.number == 1


# 4. JsonLogic is too hard for editors.


def conditions_of(form: Form) -> list[Condition]:
    parts: list[Any] = [*form.sections, *form.steps, *form.questions()]
    shown = [part.show_if for part in parts]
    options = [option.show_if for question in form.questions() for option in question.options]
    required = [each for question in form.questions() for each in (question.required_if, question.advised_if)]
    variants = [each.when for part in (*form.steps, *form.questions()) for each in part.variants]
    return [condition for condition in (*shown, *options, *required, *variants) if condition]


def joints(condition: Condition) -> int:
    """How many times "all" and "any" stand in one another."""
    match condition:
        case All(parts) | AnyOf(parts):
            return 1 + max(joints(part) for part in parts)
        case Not(part):
            return joints(part)
        case Items():
            return joints(condition.has)
    return 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_complaint_4_every_rule_of_a_real_form_is_rows_in_words_and_no_code(file: Any) -> None:
    form = build(read(file))
    words = Words(form, wording_for({"child": "Robin"}))
    ids = {
        *form.steps_by_id,
        *form.step_of,
        *(option.id for each in form.questions() for option in each.options),
    }
    for condition in conditions_of(form):
        said = words.condition(condition)
        # Rows, joined by "all" or "any", nested once: what the editor draws.
        assert joints(condition) <= 2
        assert not re.search(r"[{}\[\]_]|deleted", said), said
        assert not {id for id in ids if "-" in id and id in said}, said


@pytest.mark.parametrize("operator", Operator)
def test_complaint_4_each_operator_is_offered_in_words_for_the_questions_it_fits_and_no_others(
    operator: Operator,
) -> None:
    offered = {name for name, operators in operators_of_types().items() if operator.value in operators}
    fits = {name for name, kind in question_types.items() if operator in kind.operators}
    assert offered == fits
    assert offered
    assert operator.value in operand_shapes()


# 8. Slow with many rules or fields.


def long_form(pages: int) -> Json:
    """A form of so many pages, each with a question and with rules over the eight before it."""
    steps: list[Json] = []
    for page in range(pages):
        earlier = [f"q{each}" for each in range(max(0, page - 8), page)]
        tests = [{"question": id, "op": "is", "value": "yes"} for id in earlier]
        question: Json = {
            "id": f"q{page}",
            "type": "yes_no",
            "label": f"Question {page}?",
            "level": "required",
        }
        step: Json = {"id": f"p{page}", "kind": "questions", "title": f"Page {page}", "questions": [question]}
        if tests:
            step["show_if"] = {"any": tests}
            question["required_if"] = {"all": tests}
            question["variants"] = [{"when": tests[0], "label": f"Question {page}, again?"}]
        steps.append(step)
    steps.append({"id": "send", "kind": "check", "title": "Check your answers"})
    form: Json = {"slug": f"long-{pages}", "title": "Long form", "reference_prefix": "LNG", "handler": ""}
    return form | {"sections": [{"id": "all", "title": "All", "steps": steps}]}


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of Python `work` calls: what it costs, whatever else the machine is doing."""
    calls = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def walked(data: Json) -> Callable[[], object]:
    form = build(data)
    store = {step.place: StepStore(dict.fromkeys(step.question_ids, "yes")) for step in form.steps}
    walk(form, store, TODAY)  # what is made once per process
    return lambda: walk(form, store, TODAY)


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(walked, id="walking it"),
        pytest.param(lambda data: lambda: find_faults(data), id="checking it before it is published"),
    ],
)
def test_complaint_8_twice_the_questions_and_rules_are_twice_the_work_and_no_more(
    work: Callable[[Json], Callable[[], object]],
) -> None:
    work(long_form(10))()
    small, large = (calls_of(work(long_form(pages))) for pages in (40, 80))
    assert large <= 2.2 * small


@pytest.mark.django_db
def test_complaint_8_a_page_of_a_hundred_asks_the_database_as_often_as_one_of_six(
    sams_browser: Callable[[Any], Browser], sam_parent: User
) -> None:
    def cost(pages: int) -> tuple[int, int]:
        browser = sams_browser(ask(publish(long_form(pages)), sam_parent))
        for page in range(4):
            browser.post(f"p{page}", {f"q-q{page}": "yes"})
        with counted_queries() as opened:
            hidden = browser.hidden(browser.get("p4"))
        with counted_queries() as saved:
            browser.client.post(browser.url("p4"), {**hidden, "q-q4": "yes"})
        return len(opened), len(saved)

    assert cost(100) == cost(6)


# 9. Resume skips steps, hides uploads, mixes sessions.


@pytest.fixture
def interrupted(sams: Browser) -> Browser:
    """Sam has come as far as the files, added one, and left a page before it half done."""
    sams.fill_in(until="files")
    sams.post("files", {"q-note": "The report", "q-reports": pdf_file(), "add": "reports"})
    sams.post("visit", {"later": "yes"})
    return sams


@pytest.mark.django_db
def test_complaint_9_whoever_comes_back_meets_each_page_with_what_was_typed_and_added(
    interrupted: Browser, signed_in_client: SignedIn, sam_parent: User
) -> None:
    elsewhere = Browser(signed_in_client(sam_parent), interrupted.draft)
    carry_on = reverse("forms:carry_on", args=[elsewhere.draft.assignment_id])

    landed = elsewhere.client.get(carry_on, follow=True).request["PATH_INFO"]

    assert landed == elsewhere.url("visit"), "the first page that is not done, and none is skipped"
    assert "Sam Parent" in elsewhere.get("you").content.decode()
    assert "report.pdf" in elsewhere.get("files").content.decode()
    assert elsewhere.post("visit", sample.VISIT).url == elsewhere.url("read")


@pytest.mark.django_db
def test_complaint_9_what_two_people_fill_in_at_one_computer_is_never_mixed(
    interrupted: Browser, version: Any, alex_parent: User
) -> None:
    theirs = start.start(ask(version, alex_parent, about_name="Ben"), timezone.now())
    # The same browser: one signs out, the other in.
    sign_in_client(interrupted.client, alex_parent)
    alex = Browser(interrupted.client, theirs)

    assert interrupted.client.get(interrupted.url("you")).status_code == 404
    assert "Sam Parent" not in alex.get("you").content.decode()
    assert "report.pdf" not in str(alex.get("you").content)
    alex.post("you", {"q-name": "Alex Parent"})
    entries = StepAnswers.objects.filter(step="you").select_related("party")
    saved = {str(entry.party.draft_id): entry.answers for entry in entries}
    assert saved[str(theirs.pk)]["name"] == "Alex Parent"
    assert saved[str(interrupted.draft.pk)]["name"] == "Sam Parent"


@pytest.mark.django_db
def test_complaint_9_two_forms_of_one_person_keep_to_themselves(
    interrupted: Browser, version: Any, sam_parent: User
) -> None:
    second = Browser(
        interrupted.client, start.start(ask(version, sam_parent, about_name="Ben"), timezone.now())
    )
    second.post("you", sample.YOU | {"q-story": "About Ben"})
    assert "About Ben" not in interrupted.get("you").content.decode()
    second.fill_in(until="files")
    assert "report.pdf" not in second.get("files").content.decode()


# 13. Inaccessible PDFs and errors.


@pytest.mark.django_db
def test_complaint_13_an_error_is_told_at_the_top_at_its_box_and_to_a_screen_reader(sams: Browser) -> None:
    page = sams.post("you", sample.YOU | {"q-name": "", "q-email": "sam.parent"}).content.decode()

    assert "<title>Error:" in page
    assert re.search(r'<div class="govuk-error-summary"[^>]*>\s*<div role="alert">', page)
    for box, words in (("q-name", "Enter your name"), ("q-email", "Enter an email address")):
        assert re.search(rf'<a[^>]*href="#{box}"[^>]*>\s*{words}', page), "a link that leads to the box"
        control = re.search(rf'<(?:input|textarea)[^>]*id="{box}"[^>]*>', page)
        assert control is not None
        described = re.search(r'aria-describedby="([^"]*)"', control[0])
        assert described is not None
        said = [id for id in described[1].split() if "error" in id]
        assert len(said) == 1
        assert re.search(rf'id="{said[0]}"[^>]*>.*?{words}', page, re.DOTALL), "the same words at the box"
