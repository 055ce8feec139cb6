"""Pages of guidance: editors write them, everybody reads them, and what is written cannot break a page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from config.starter.pages import ASSESSMENT, make_pages
from core.models import CouncilSettings
from forms_engine.models import FormDefinition
from guidance.models import FaqPage, GuidePage
from home.models import HomePage
from tests.factories import FormFactory, TeamFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def home(db: None) -> HomePage:
    """A new site's first pages."""
    return make_pages()


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.capability("C1")
def test_help_answers_the_questions_of_a_first_visit(client: Client, home: HomePage) -> None:
    page = html(client, "/help/")
    assert "How do I sign in?" in page
    assert "My code has not come" in page


@pytest.mark.capability("A33")
def test_help_says_that_nobody_asks_for_a_password_or_a_code(client: Client, home: HomePage) -> None:
    said = " ".join(re.sub(r"<[^>]+>", "", html(client, "/help/")).split())
    assert "We will never ask for your password or security code by phone, text or email" in said


@pytest.mark.capability("A1")
def test_the_home_page_says_what_each_kind_of_visitor_can_do(client: Client, home: HomePage) -> None:
    page = html(client, "/")
    for visitor in (
        "Parents and carers",
        "Young people, 16 to 25",
        "Schools and colleges",
        "People at the council",
    ):
        assert visitor in page


def test_every_link_of_the_first_pages_leads_somewhere(client: Client, home: HomePage) -> None:
    for path in ("/", "/help/", "/your-send-case/", "/privacy/", "/accessibility/", "/is-it-from-us/"):
        for target in set(re.findall(r'href="(/[^"#?]*)"', html(client, path))):
            if not target.startswith("/static/"):
                assert client.get(target, follow=True).status_code == 200, f"{path} -> {target}"


def test_making_the_first_pages_again_leaves_what_an_editor_changed(home: HomePage) -> None:
    GuidePage.objects.filter(slug="privacy").update(title="Our own words")
    pages = Page.objects.count()
    assert make_pages() == home
    assert Page.objects.count() == pages
    assert GuidePage.objects.get(slug="privacy").title == "Our own words"


def test_wagtails_welcome_page_is_gone(client: Client, home: HomePage) -> None:
    assert "Welcome to your new Wagtail site" not in html(client, "/")


def test_the_telephone_number_is_the_councils_own_wherever_it_stands(client: Client, home: HomePage) -> None:
    settings = CouncilSettings.objects.get_or_create(site=home.get_site())[0]
    settings.phone = "01632 960 777"
    settings.save()
    for path in ("/help/", "/privacy/", "/accessibility/", "/your-send-case/"):
        assert "01632 960 777" in html(client, path)


NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_what_an_editor_types_cannot_become_script(client: Client, home: HomePage) -> None:
    fold = ("fold", {"summary": NASTY, "text": "<p>Yes.</p>"})
    home.add_child(instance=GuidePage(slug="nasty", title=NASTY, intro=NASTY, body=[fold]))
    group = {"heading": NASTY, "questions": [{"question": NASTY, "answer": "<p>Yes.</p>"}]}
    home.add_child(instance=FaqPage(slug="faq", title="FAQ", body=[("group", group)]))
    for path in ("/nasty/", "/faq/"):
        page = html(client, path)
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def posted(*blocks: tuple[str, dict[str, object]]) -> dict[str, object]:
    """What the editor of a guide posts when somebody presses Publish."""
    fields = {"title": "Privacy", "intro": "In short.", "slug": "privacy", "body": streamfield(list(blocks))}
    comments = {"comments": inline_formset([])}
    return nested_form_data(fields | comments) | {"action-publish": "1"}


@pytest.mark.capability("C1")
def test_an_editor_changes_a_page_and_it_is_there(
    signed_in_client: SignIn, client: Client, erin_editor: User, home: HomePage
) -> None:
    page = GuidePage.objects.get(slug="privacy")
    fold = {"summary": "Why we keep it", "text": rich_text("<p>The law <b>asks</b> us to.</p>")}
    signed_in_client(erin_editor).post(f"/admin/pages/{page.pk}/edit/", posted(("fold", fold)))
    shown = html(client, "/privacy/")
    assert "Why we keep it" in shown
    assert re.search(r"<p[^>]*>The law <b>asks</b> us to.</p>", shown)


def test_rich_text_loses_what_the_block_does_not_offer(
    signed_in_client: SignIn, client: Client, erin_editor: User, home: HomePage
) -> None:
    page = GuidePage.objects.get(slug="privacy")
    text = rich_text('<p>Look <script>alert(1)</script><a href="javascript:alert(2)">here</a></p>')
    signed_in_client(erin_editor).post(
        f"/admin/pages/{page.pk}/edit/", posted(("fold", {"summary": "More", "text": text}))
    )
    shown = html(client, "/privacy/")
    assert "Look" in shown
    assert "<script>alert" not in shown
    assert "javascript:" not in shown


@pytest.mark.parametrize("person", ["casey_worker", "sam_parent"])
def test_nobody_else_changes_a_page(
    person: str, request: pytest.FixtureRequest, signed_in_client: SignIn, home: HomePage
) -> None:
    page = GuidePage.objects.get(slug="privacy")
    client = signed_in_client(request.getfixturevalue(person))
    client.post(f"/admin/pages/{page.pk}/edit/", {"title": "Hacked", "action-publish": "1"})
    page.refresh_from_db()
    assert page.title == "Privacy"


def test_a_guide_has_no_pages_under_it() -> None:
    assert GuidePage.allowed_subpage_models() == FaqPage.allowed_subpage_models() == []


def test_there_is_one_home_page(home: HomePage) -> None:
    assert not HomePage.can_create_at(Page.objects.get(depth=1))


@pytest.mark.parametrize("slug", ["help", "privacy", "accessibility", "is-it-from-us", "your-send-case"])
def test_the_first_words_shout_at_nobody(slug: str, client: Client, home: HomePage) -> None:
    page = html(client, f"/{slug}/")
    main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    assert "!" not in main
    assert "please note" not in main.lower()


@pytest.fixture
def request_form(home: HomePage) -> FormDefinition:
    """The form that the first pages lead to, which anybody may begin."""
    form = FormFactory(slug=ASSESSMENT, offered_to="everybody", live=True, handler="accounts.team")
    TeamFactory().forms.add(form)
    return form


def doors(page: str) -> dict[str, str]:
    """What each kind of visitor is offered: heading -> HTML."""
    return dict(re.findall(r'<section class="door">\s*<h3>(.*?)</h3>(.*?)</section>', page, re.DOTALL))


BEGIN = f'href="/forms/begin/{ASSESSMENT}/"'


def test_visitors_find_the_form_that_they_can_begin(
    client: Client, home: HomePage, request_form: FormDefinition
) -> None:
    found = doors(html(client, "/"))
    leading = [heading for heading, door in found.items() if BEGIN in door]
    assert leading == ["Parents and carers", "Young people, 16 to 25", "People who work with a child"]
    assert BEGIN in html(client, "/your-send-case/")


def test_a_form_that_cannot_be_begun_is_not_linked_from_the_home_page(
    client: Client, home: HomePage, request_form: FormDefinition
) -> None:
    FormDefinition.objects.update(live=False)
    assert "/forms/begin/" not in html(client, "/")


def test_staff_for_whom_the_form_is_not_are_not_led_to_it(
    home: HomePage, request_form: FormDefinition, casey_worker: User, signed_in_client: SignIn
) -> None:
    assert "/forms/begin/" not in html(signed_in_client(casey_worker), "/")
