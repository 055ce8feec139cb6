"""What an editor is told could be better, each with its reason, and how to leave it as it is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.models import AuditEntry
from forms_engine import advice
from forms_engine.definition import build, known
from forms_engine.models import FormDefinition, WavedThrough
from forms_engine.rules import lints
from forms_engine.rules.lints import Kind, Lengths, Lint
from tests.forms_engine.editing import form_of

FORMS = Path(__file__).resolve().parents[2] / "fixtures" / "forms"


def form_asking(**question: Any) -> dict[str, Any]:
    """A form of one question, and the page that sends it."""
    asked = {"id": "asked", "type": "short_text", "label": "What is it?", "level": "optional", **question}
    steps = [
        {"id": "page", "kind": "questions", "title": "A page", "questions": [asked]},
        {"id": "send", "kind": "check", "title": "Check your answers"},
    ]
    return {
        "slug": "a-form",
        "title": "A form",
        "reference_prefix": "FRM",
        "handler": "",
        "sections": [{"id": "only", "title": "Only", "steps": steps}],
    }


def found(lengths: dict[str, Lengths] | None = None, **question: Any) -> dict[Kind, Lint]:
    return {lint.kind: lint for lint in lints.find(build(form_asking(**question)), known(), lengths)}


@pytest.mark.parametrize(
    "label",
    [
        "Do you have a car and can you drive?",
        "Where do you live? How long have you lived there?",
        "Is it near or is it far?",
    ],
)
def test_two_questions_in_one_are_told(label: str) -> None:
    assert Kind.TWO_QUESTIONS in found(label=label)


@pytest.mark.parametrize(
    "label",
    ["What is good about it, and why?", "Is there a school you do not want? Why?", "Your name and address"],
)
def test_one_question_with_an_and_in_it_is_left_alone(label: str) -> None:
    assert Kind.TWO_QUESTIONS not in found(label=label)


@pytest.mark.parametrize("hint", ["See https://example.org/a", "Look at www.example.org", "As on gov.uk"])
def test_a_link_in_a_hint_is_told(hint: str) -> None:
    assert Kind.LINK_IN_HINT in found(hint=hint)


def test_personal_data_that_nothing_uses_is_told() -> None:
    assert Kind.UNUSED_PERSONAL_DATA in found(type="phone", label="Your phone number")


@pytest.mark.parametrize("use", [{"why": "To call you back."}, {"prefill": "person.email"}])
def test_personal_data_that_something_uses_is_left_alone(use: dict[str, str]) -> None:
    assert Kind.UNUSED_PERSONAL_DATA not in found(type="email", label="Your email address", **use)


def test_personal_data_is_told_once_a_page_and_said_once_a_page() -> None:
    data = form_asking(type="email", label="Your email address")
    asked = data["sections"][0]["steps"][0]["questions"]
    asked.append({"id": "phone", "type": "phone", "label": "Your phone number"})

    told = [lint.part for lint in lints.find(build(data), known()) if lint.kind is Kind.UNUSED_PERSONAL_DATA]
    assert told == ["asked"]
    asked[1]["hint"] = "We call you if something is not clear."
    assert Kind.UNUSED_PERSONAL_DATA not in [lint.kind for lint in lints.find(build(data), known())]


def test_a_name_under_which_what_was_added_is_listed_is_used() -> None:
    data = form_asking(type="full_name", label="What is the child called?")
    data["sections"][0]["steps"][0] |= {"kind": "group", "group": {"title_question": "asked"}}

    assert Kind.UNUSED_PERSONAL_DATA not in [lint.kind for lint in lints.find(build(data), known())]


def test_an_upload_that_does_not_say_what_for_is_told() -> None:
    assert Kind.UPLOAD_WITHOUT_PURPOSE in found(type="file", label="Files")
    assert Kind.UPLOAD_WITHOUT_PURPOSE not in found(type="file", label="Files", hint="Reports of doctors.")


def test_answers_that_read_alike_are_told_and_numbered_ones_are_not() -> None:
    alike = [{"id": "a", "label": "I agree with all of it"}, {"id": "b", "label": "I agree with all of it."}]
    years = [{"id": "a", "label": "Year 10"}, {"id": "b", "label": "Year 11"}]

    assert found(type="one_of", options=alike)[Kind.ALIKE_ANSWERS].part == "b"
    assert Kind.ALIKE_ANSWERS not in found(type="one_of", options=years)


def test_a_limit_that_real_answers_reach_is_told() -> None:
    assert Kind.LIMIT_OVERRUN in found({"asked": Lengths(answers=20, near_limit=3)}, type="long_text")
    assert Kind.LIMIT_OVERRUN not in found({"asked": Lengths(answers=20, near_limit=1)}, type="long_text")
    assert Kind.LIMIT_OVERRUN not in found({"asked": Lengths(answers=5, near_limit=5)}, type="long_text")


@pytest.mark.parametrize(
    "word", ["political", "trade union", "genetic", "biometric", "HIV", "diagnosis", "faith"]
)
def test_what_the_law_counts_as_special_is_sensitive(word: str) -> None:
    assert found(label=f"Your {word}?")[Kind.SENSITIVE_WITHOUT_WHY].detail == word


def test_a_sensitive_question_without_its_why_is_told() -> None:
    assert found(label="What is your religion?")[Kind.SENSITIVE_WITHOUT_WHY].detail == "religion"
    assert Kind.SENSITIVE_WITHOUT_WHY not in found(label="What is your religion?", why="For school meals.")


def test_a_text_for_a_reader_of_sixteen_is_told_with_its_age() -> None:
    text = (
        "<p>Documentation regarding educational provision necessitates comprehensive professional "
        "recommendations, substantiating individual requirements notwithstanding administrative "
        "considerations concerning organisational responsibilities and accountability.</p>"
    )

    lint = found(type="guidance", label="", config={"text": text})[Kind.READING_AGE]

    assert int(lint.detail) > lints.READING_AGE


def test_plain_words_in_short_sentences_pass() -> None:
    text = (
        "We read what you sent. Then we ask the school. You get a letter in two weeks. Call us if it is late."
    )

    age = lints.reading_age(text)

    assert age is not None
    assert age <= lints.READING_AGE


def test_a_sentence_that_nobody_can_hold_in_mind_is_told() -> None:
    assert found(hint=" ".join(["word"] * 26) + ".")[Kind.LONG_SENTENCE].detail == "26"


@given(st.text(max_size=300))
def test_any_text_can_be_measured(text: str) -> None:
    age = lints.reading_age(text)

    assert age is None or age >= 5


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.json")), ids=lambda path: path.stem)
def test_the_forms_that_we_ship_need_no_advice(path: Path) -> None:
    form = build(json.loads(path.read_text("utf-8")))

    assert [(lint.kind.value, lint.part, lint.detail) for lint in lints.find(form, known())] == []


@pytest.mark.parametrize("kind", list(Kind))
def test_each_advice_says_what_and_why(kind: Kind) -> None:
    message, reason = advice._words(Lint(kind, "part", "text", "9"))

    assert message
    assert reason


@pytest.fixture
def definition(db: None) -> FormDefinition:
    return form_of(form_asking(type="file", label="Files"))


def wave_url(form: FormDefinition, kind: Kind = Kind.UPLOAD_WITHOUT_PURPOSE) -> str:
    return reverse("forms_engine_wave_through", args=[form.pk, kind.value, "asked"])


def test_an_editor_sees_advice_beside_what_is_in_the_way(erin: Client, definition: FormDefinition) -> None:
    page = erin.get(reverse("forms_engine_checks", args=[definition.pk])).content.decode()

    assert "This asks for files, and does not say which." in page
    assert wave_url(definition) in page


def test_advice_to_say_why_leads_to_the_box_for_it(erin: Client, db: None) -> None:
    form = form_of(form_asking(type="phone", label="What is your number?"))
    page = erin.get(reverse("forms_engine_checks", args=[form.pk])).content.decode()

    assert 'href="#block-asked-section:why"' in page


def test_an_editor_leaves_something_as_it_is_and_says_why(erin: Client, definition: FormDefinition) -> None:
    erin.post(wave_url(definition), {"note": "The page above says it."})

    page = erin.get(reverse("forms_engine_checks", args=[definition.pk])).content.decode()
    assert "Left as it is: The page above says it." in page
    assert wave_url(definition) not in page


def test_nothing_is_waved_through_without_a_word(erin: Client, definition: FormDefinition) -> None:
    page = erin.post(wave_url(definition), {"note": " "})

    assert page.status_code == 422
    assert "Say why it is fine as it is" in page.content.decode()
    assert not WavedThrough.objects.exists()


def test_advice_comes_back_when_the_words_change(definition: FormDefinition) -> None:
    [told] = advice.on(definition)
    WavedThrough.objects.create(
        form=definition, kind=told.kind, part=told.part, text_digest=told.text_digest, note="Fine."
    )
    assert advice.on(definition)[0].note == "Fine."

    reworded = form_of(form_asking(type="file", label="Your files") | {"slug": "another"})
    WavedThrough.objects.update(form=reworded)

    assert advice.on(reworded)[0].note == ""


def test_what_was_put_right_meanwhile_leads_back_to_the_form(
    erin: Client, definition: FormDefinition
) -> None:
    answer = erin.post(wave_url(definition, Kind.READING_AGE), {"note": "Fine."})

    assert answer.status_code == 302
    assert not WavedThrough.objects.exists()


def test_whoever_edits_no_forms_finds_no_advice_and_it_is_noted(
    signed_in_client: Callable[[User], Client], casey_worker: User, definition: FormDefinition
) -> None:
    client = signed_in_client(casey_worker)
    assert client.post(wave_url(definition), {"note": "Fine."}).status_code == 404
    assert AuditEntry.objects.filter(verb="refused", actor_id=casey_worker.pk).exists()
    assert not WavedThrough.objects.exists()


def asking_more(**more: Any) -> dict[str, Any]:
    """A form that asks for an email address on its first page, and more on the second."""
    data = form_asking(type="email", label="Your email address")
    other = {"id": "other", "type": "short_text", "label": "What else?"}
    second = {"id": "second", "kind": "questions", "title": "More", "questions": [other]}
    data["sections"][0]["steps"].insert(1, second)
    (other if "required_if" in more or "advised_if" in more or "options" in more else second).update(more)
    return data


ANSWERED = {"question": "asked", "op": "was-answered"}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"required_if": ANSWERED}, id="something is required because of it"),
        pytest.param({"advised_if": ANSWERED}, id="something is advised because of it"),
        pytest.param({"variants": [{"when": ANSWERED, "title": "Still more"}]}, id="words depend on it"),
        pytest.param(
            {"type": "one_of", "options": [{"id": "a", "label": "A", "show_if": ANSWERED}]}, id="an answer"
        ),
    ],
)
def test_personal_data_that_a_rule_of_any_kind_reads_is_used(more: dict[str, Any]) -> None:
    told = [lint.kind for lint in lints.find(build(asking_more(**more)), known())]
    assert Kind.UNUSED_PERSONAL_DATA in found(type="email", label="Your email address")
    assert Kind.UNUSED_PERSONAL_DATA not in told


def test_personal_data_that_a_rule_over_the_page_reads_is_used() -> None:
    data = form_asking(type="email", label="Your email address")
    data["sections"][0]["steps"][0]["rules"] = [{"kind": "at-least-one", "questions": ["asked"]}]
    assert Kind.UNUSED_PERSONAL_DATA not in [lint.kind for lint in lints.find(build(data), known())]


def test_other_words_of_a_question_are_read_too() -> None:
    double = "Do you have a car and can you drive?"
    told = found(variants=[{"when": ANSWERED, "label": double, "hint": "See www.example.com"}])
    assert told[Kind.TWO_QUESTIONS].text == double
    assert told[Kind.LINK_IN_HINT].detail == "www.example.com"


def test_a_name_in_braces_is_as_short_as_what_stands_there_for_a_family() -> None:
    sentence = "It helps us to know what {} like to do at home and at school, and with whom. "
    assert lints.reading_age(sentence.format("{you_or_child}") * 3) == lints.reading_age(
        sentence.format("Ada") * 3
    )
