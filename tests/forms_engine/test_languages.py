"""A form in the language of whoever fills it in: pages, copies, receipt; English where something is not translated."""

import io
from typing import Any

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from forms_engine.definition import build, to_json
from forms_engine.models import Draft, FormDefinition, FormVersion, Submission
from forms_engine.rules.phrases import State, digest_of, in_language, phrases, state
from forms_engine.spec import Translation
from forms_engine.types import question_types
from forms_engine.wording import wording_for
from tests.factories import TeamFactory
from tests.forms_engine.conftest import Browser, filling_of

WELSH = {
    "title": "Ffurflen sampl",
    "intro": "Dywedwch wrthym ble dylai eich plentyn ddysgu.",
    "submitted": "<p>Rydym yn darllen eich ffurflen.</p>",
    "about.title": "Am {child}",
    "you.title": "Amdanoch chi",
    "name.label": "Eich enw",
    "name.error": "Rhowch eich enw",
    "where.label": "Ble dylai {child} ddysgu?",
    "where.options.school.label": "Mewn ysgol",
    "read-text.config.text": "<p>Gallwch ofyn am un.</p>",
    "choices.item_name": "ysgol",
}
TYPES = dict(question_types.items())


@pytest.fixture
def sample_data(sample_data: dict[str, Any]) -> dict[str, Any]:
    return {**sample_data, "translations": {"cy": WELSH}}


@pytest.fixture
def welsh(sams: Browser, sam_parent: User) -> Browser:
    """Sam's browser, once she has chosen Welsh."""
    sams.client.post(reverse("core:language"), {"language": "cy", "next": "/"})
    return sams


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_every_text_of_a_form_has_an_id_of_its_own(sample_data: dict[str, Any]) -> None:
    found = phrases(build(sample_data), TYPES)
    ids = [phrase.id for phrase in found]
    assert len(ids) == len(set(ids))
    assert WELSH.keys() <= set(ids)


def test_a_phrase_says_where_it_stands(sample_data: dict[str, Any]) -> None:
    found = {phrase.id: phrase for phrase in phrases(build(sample_data), TYPES)}
    assert found["name.error"].place == ("About {child}", "About you", "Your name")
    assert found["name.error"].what == "error"


def test_rows_columns_variants_rules_and_settings_have_ids_too() -> None:
    question = {
        "id": "table",
        "type": "table",
        "label": "Help",
        "level": "optional",
        "variants": [{"when": {"question": "a", "op": "is", "value": "b"}, "label": "Your help"}],
        "config": {
            "rows": [{"id": "mon", "label": "Monday"}],
            "columns": [
                {"id": "hours", "label": "Hours", "type": "number", "config": {"unit": "hours"}},
                {"id": "who", "label": "Who", "type": "one_of", "options": [{"id": "x", "label": "Ann"}]},
            ],
        },
    }
    step = {"id": "s", "kind": "questions", "title": "Page", "questions": [question]}
    step["rules"] = [{"kind": "at-least-one", "questions": ["table"], "message": "Say one"}]
    form = build({"slug": "f", "title": "F", "sections": [{"id": "p", "title": "Part", "steps": [step]}]})
    welsh = {
        "table.variants.0.label": "Eich help",
        "table.rows.mon.label": "Dydd Llun",
        "table.columns.hours.label": "Oriau",
        "table.columns.hours.config.unit": "awr",
        "table.columns.who.options.x.label": "Anwen",
        "s.rules.0.message": "Dywedwch un",
    }
    ids = {phrase.id for phrase in phrases(form, TYPES)}
    assert welsh.keys() <= ids
    said = build({**to_json(form), "translations": {"cy": welsh}})
    told = {phrase.id: phrase.text for phrase in phrases(in_language(said, "cy", TYPES), TYPES)}
    assert {id: told[id] for id in welsh} == welsh


def test_what_is_not_translated_stays_in_english(sample_data: dict[str, Any]) -> None:
    form = in_language(build(sample_data), "cy", TYPES)
    assert form.question("name").label == "Eich enw"
    assert form.question("email").label == "Your email address"


def test_what_is_put_into_an_english_text_is_english_on_a_welsh_page_too() -> None:
    text = "Where {are_or_is} {you_or_child} at {your_or_childs} best?"
    with translation.override("cy"):
        untranslated = wording_for({"child": "Ada"}, {"cy": {}})
        nameless = wording_for({}, {})
        translated = wording_for({"child": "Ada"}, {"cy": WELSH})
    assert untranslated(text) == "Where is Ada at Ada’s best?"
    assert nameless("{Child}") == "Your child"
    assert translated("Ble {are_or_is} {you_or_child} yn dysgu?") == "Ble ydy Ada yn dysgu?"


def test_a_form_that_is_not_translated_at_all_is_itself(sample_data: dict[str, Any]) -> None:
    form = build(sample_data)
    assert in_language(form, "fr", TYPES) is form


def test_a_translation_is_out_of_date_once_the_english_text_has_changed(sample_data: dict[str, Any]) -> None:
    phrase = next(each for each in phrases(build(sample_data), TYPES) if each.id == "name.label")
    assert state(phrase, None) is State.MISSING
    assert state(phrase, Translation("Eich enw", digest_of("Your name"))) is State.DONE
    assert state(phrase, Translation("Eich enw", digest_of("Your full name"))) is State.OUTDATED
    assert state(phrase, Translation("Eich enw")) is State.DONE


def test_the_switch_leads_back_to_the_page_and_is_remembered(sams: Browser, sam_parent: User) -> None:
    page = sams.get("you", check="1")
    assert "Cymraeg" in text(page)
    response = sams.post("you", {"q-name": "Sam", "q-story": "Half a sent", "language": "cy"}, check="1")
    assert response.status_code == 302
    page = sams.client.get(response.url)
    assert response.url.endswith("you/?check=1")
    assert "Half a sent" in text(page)
    assert 'lang="cy"' in text(page)
    assert "Eich enw" in text(page)
    sam_parent.refresh_from_db()
    assert sam_parent.language == "cy"


def test_the_switch_saves_what_cannot_stand_too(sams: Browser) -> None:
    page = sams.client.get(sams.post("you", {"q-email": "sam@", "language": "cy"}).url)
    assert "sam@" in text(page)


def test_a_language_that_the_site_has_not_changes_nothing(sams: Browser, sam_parent: User) -> None:
    sams.client.post(reverse("core:language"), {"language": "fr", "next": "/"})
    sam_parent.refresh_from_db()
    assert sam_parent.language == "en-gb"


def test_the_switch_never_leads_to_another_site(sams: Browser) -> None:
    response = sams.client.post(reverse("core:language"), {"language": "cy", "next": "https://evil.example/"})
    assert response.url == "/"


def test_each_page_is_in_the_chosen_language(welsh: Browser, asked: Any) -> None:
    page = text(welsh.get("wish"))
    assert "Ble dylai Ada ddysgu?" in page
    assert "Mewn ysgol" in page
    assert "Gallwch ofyn am un." in text(welsh.get("read"))
    FormDefinition.objects.update(translations={"cy": WELSH})
    start = text(welsh.client.get(reverse("forms:assignment", args=[asked.pk])))
    assert "Ffurflen sampl" in start
    assert "Dywedwch wrthym" in start
    assert "Ffurflen sampl" in text(welsh.client.get(reverse("forms:mine")))
    assert "Rhowch eich enw" in text(welsh.post("you", {"q-name": ""}))


@pytest.mark.parametrize("address", ["/family/", "/sign-in/", "/no-such-page/"])
def test_a_page_whose_words_are_not_translated_is_in_english_whole(welsh: Browser, address: str) -> None:
    assert '<html lang="cy"' in text(welsh.client.get(reverse("forms:mine")))
    page = text(welsh.client.get(address, headers={"Accept-Language": "cy"}, follow=True))
    assert '<html lang="en-gb"' in page
    assert "Sign out" in page
    assert '<html lang="cy"' in text(welsh.get("you"))


@pytest.mark.django_db
def test_the_language_of_a_browser_is_nobodys_choice(client: Client) -> None:
    assert '<html lang="en-gb"' in text(client.get("/sign-in/", headers={"Accept-Language": "cy"}))


def test_buttons_and_months_are_in_welsh(welsh: Browser) -> None:
    page = text(welsh.get("you"))
    assert "Parhau" in page
    assert "Hydref" in text(welsh.get("you"))  # the last day, 26 October


def test_the_receipt_and_its_copies_are_in_the_language_used(welsh: Browser, sam_parent: User) -> None:
    welsh.fill_in()
    welsh.submit()
    sent = Submission.objects.get()
    assert sent.language == "cy"
    assert sent.content.tree["title"] == "Ffurflen sampl"
    welsh.client.post(reverse("core:language"), {"language": "en-gb", "next": "/"})
    receipt = text(welsh.client.get(reverse("forms:sent", args=[sent.pk])))
    assert '<html lang="cy"' in receipt
    assert "Ffurflen wedi’i hanfon" in receipt
    assert "Rydym yn darllen eich ffurflen." in receipt
    assert "Mewn ysgol" in text(welsh.client.get(reverse("forms:sent_print", args=[sent.pk])))
    content = welsh.client.get(reverse("forms:sent_pdf", args=[sent.pk])).getvalue()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "cy"
        assert str(pdf.docinfo["/Title"]) == "Ffurflen sampl"


def test_an_answer_counts_the_same_in_every_language(welsh: Browser) -> None:
    welsh.fill_in(until="visit")
    english = filling_of(welsh.draft)
    with translation.override("cy"):
        spoken = filling_of(welsh.draft)
    assert dict(english.journey.values) == dict(spoken.journey.values)
    assert [each.step.id for each in english.journey.path] == [each.step.id for each in spoken.journey.path]


def test_a_welsh_page_asks_the_database_no_more_than_an_english_one(
    sams: Browser, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for language in ("en-gb", "cy"):
        sams.client.post(reverse("core:language"), {"language": language, "next": "/"})
        sams.get("you")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sams.get("you")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_blank_form_on_paper_is_in_the_chosen_language(welsh: Browser, asked: Any) -> None:
    paper = welsh.client.get(reverse("forms:paper", args=[asked.pk, "normal"])).getvalue()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ffurflen sampl"
        assert str(pdf.Root.Lang) == "cy"


@pytest.fixture
def public(version: FormVersion) -> FormVersion:
    """Open to families, even before they sign in; a team reads it."""
    FormDefinition.objects.filter(pk=version.form_id).update(
        offered_to="everybody", live=True, handler="accounts.team", translations={"cy": WELSH}
    )
    TeamFactory().forms.add(version.form)
    return version


def switch_on(client: Client, address: str) -> Any:
    """Press "Cymraeg" at the page of this address."""
    return client.post(reverse("core:language"), {"language": "cy", "next": address}, follow=True)


@pytest.mark.django_db
def test_a_guest_goes_on_in_welsh_at_the_same_page(client: Client, public: FormVersion) -> None:
    address = reverse("forms:begin", args=[public.form.slug])
    answer = switch_on(client, address)
    assert answer.redirect_chain == [(address, 302)]
    assert '<html lang="cy"' in text(answer)
    assert "Ffurflen sampl" in text(answer)
    cookie = client.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "cy",
        True,
        "Lax",
        "",
    )


@pytest.mark.django_db
def test_a_guest_who_switches_in_the_middle_of_a_page_keeps_what_she_typed(
    client: Client, public: FormVersion
) -> None:
    client.post(reverse("forms:begin", args=[public.form.slug]))
    guest = Browser(client, Draft.objects.get())
    page = client.get(guest.post("you", {"q-name": "Sam Guest", "language": "cy"}).url)
    assert "Eich enw" in text(page)
    assert "Sam Guest" in text(page)


@pytest.mark.django_db
def test_what_stands_in_the_cookie_is_one_of_the_site_s_languages_or_nothing(
    client: Client, public: FormVersion
) -> None:
    client.cookies["language"] = "../fr"
    page = text(client.get(reverse("forms:begin", args=[public.form.slug])))
    assert '<html lang="en-gb"' in page


def test_a_browser_s_choice_changes_nobody_s_account(welsh: Browser, sam_parent: User) -> None:
    welsh.client.cookies["language"] = "en-gb"
    assert '<html lang="cy"' in text(welsh.get("you"))
    half_way = Client()
    half_way.force_login(sam_parent, "django.contrib.auth.backends.ModelBackend")
    half_way.post(reverse("core:language"), {"language": "en-gb", "next": "/"})
    sam_parent.refresh_from_db()
    assert sam_parent.language == "cy"
