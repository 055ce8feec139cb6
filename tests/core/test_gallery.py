"""The templates in a browser: nothing that axe finds, and nothing wider than a small phone."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template import engines
from playwright.sync_api import Browser, Page, Route

from core.colours import stylesheet
from core.govuk.fields import problems
from core.models import CouncilSettings
from home.navigation import Link, Navigation
from tests.core import gallery

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
ADDRESS = "http://gallery.test/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def page_text() -> str:
    bad = gallery.questions(error="Enter something else")
    menu = (Link("/", "Home", current=True), Link("/help/", "Help"))
    context = gallery.components() | {
        "council": CouncilSettings(),
        "navigation": Navigation(
            signed_in=True, home="/", menu=menu, account=(Link("/admin/", "Council admin"),), footer=menu
        ),
        "user": {"full_name": "Sam Parent"},
        "good": gallery.questions(),
        "bad": bad,
        "problems": problems(bad),
    }
    template = engines["django"].from_string(Path(gallery.__file__).with_suffix(".html").read_text("utf-8"))
    return template.render(context)


def serve(route: Route) -> None:
    """The page, the council's colour and the static files, without a server."""
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if found:
        kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0]
        route.fulfill(path=found, content_type=kind)
    elif path == "/council.css":
        route.fulfill(body=stylesheet(CouncilSettings().colour), content_type="text/css")
    else:
        route.fulfill(body=page_text(), content_type="text/html; charset=utf-8")


def opened(browser: Browser, width: int, javascript: bool = True) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=javascript)
    page.route("**/*", serve)
    page.goto(ADDRESS)
    return page


@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_nothing_wrong_with_any_component(browser: Browser, width: int) -> None:
    page = opened(browser, width)
    found = Axe().run(page, options=RULES)
    page.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (320, False), (1024, True), (1100, True)])
def test_nothing_scrolls_sideways(browser: Browser, width: int, javascript: bool) -> None:
    page = opened(browser, width, javascript)
    needed = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert needed == width


def test_a_follow_up_opens_when_its_answer_is_chosen_without_javascript(browser: Browser) -> None:
    page = opened(browser, 1200, javascript=False)
    follow_up = page.locator("#good-one-other")
    assert follow_up.is_hidden()
    page.locator("#good-one-2").check()
    assert follow_up.is_visible()
    assert page.locator("#good-one-when-day").is_hidden()
    page.close()


def test_each_line_of_the_error_summary_leads_to_the_first_wrong_box(browser: Browser) -> None:
    page = opened(browser, 1200)
    links = page.locator(".govuk-error-summary__list a")
    focused = []
    for number in range(links.count()):
        links.nth(number).click()
        focused.append(page.evaluate("document.activeElement.id"))
    page.close()
    assert focused == [
        "bad-text",
        "bad-money",
        "bad-password",
        "bad-long",
        "bad-one",
        "bad-one-when-day",
        "bad-many",
        "bad-many-when-day",
        "bad-tick",
        "bad-date-month",
        "bad-month-month",
        "bad-address-line1",
        "bad-select",
        "bad-list",
        "bad-file",
        "bad-tick-under",
        # The whole table, then each cell.
        "bad-table--read--who",
        "bad-table--read--who",
        "bad-table--read--when-day",
        "bad-table--eat--who",
        "bad-table--eat--when-day",
        "bad-grid--tuesday",
        "bad-ranking--1",
        "bad-ranking--2",
        "bad-record",
        "bad-record-name",
        "bad-either-text",
    ]


def test_a_count_speaks_up_at_three_quarters_of_the_limit(browser: Browser) -> None:
    page = opened(browser, 1200)
    count = page.locator(
        "#good-long-info ~ .govuk-character-count__status, .govuk-character-count__status"
    ).first
    page.locator("#good-long").fill("a" * 3000)
    assert count.is_hidden()
    page.locator("#good-long").fill("a" * 4990)
    count.wait_for(state="visible")
    assert count.inner_text() == "You have 10 characters remaining"
    page.close()


def test_none_of_these_clears_the_other_answers_and_they_clear_it(browser: Browser) -> None:
    page = opened(browser, 1200)
    yes, _other, none = (page.locator(f"#good-many{number}") for number in ("", "-2", "-3"))
    assert yes.is_checked()
    none.check()
    assert not yes.is_checked()
    yes.check()
    assert not none.is_checked()
    page.close()


def chosen_in_list(page: Page) -> str:
    return str(page.evaluate("document.querySelector('[name=good-list]').value"))


def test_a_long_list_is_searched_by_typing_and_keyboard_alone(browser: Browser) -> None:
    page = opened(browser, 320)
    box = page.get_by_role("combobox", name="Which council?").first
    assert box.input_value() == "Council number 3"
    assert box.get_attribute("aria-describedby").startswith("good-list-hint")
    box.fill("number 12")
    page.get_by_role("option", name="Council number 12").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert box.input_value() == "Council number 12"
    assert chosen_in_list(page) == "12"
    found = Axe().run(page, options=RULES)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_what_is_not_in_the_list_is_not_sent_as_the_answer_chosen_before(browser: Browser) -> None:
    page = opened(browser, 1200)
    box = page.get_by_role("combobox", name="Which council?").first
    box.fill("council NUMBER 7")
    assert chosen_in_list(page) == "7", "typed in full is as good as picked"
    box.fill("Another council")
    page.keyboard.press("Tab")
    assert chosen_in_list(page) == ""
    page.close()


def test_a_long_list_is_a_plain_select_without_javascript(browser: Browser) -> None:
    page = opened(browser, 320, javascript=False)
    page.locator("select[name=good-list]").select_option("5")
    assert page.locator("select#good-list").input_value() == "5"
    page.close()


def test_a_choice_of_a_ranking_moves_up_by_keyboard_with_what_was_typed_about_it(browser: Browser) -> None:
    page = opened(browser, 320)
    page.locator("#good-ranking--2").select_option("")
    page.locator("#good-ranking--1--why").fill("It is near.")
    page.locator("#good-ranking--2--why").fill("It is small.")
    page.locator(".entries__up").first.press("Enter")

    boxes = [page.locator(f"#good-ranking--{place}").input_value() for place in (1, 2)]
    texts = [page.locator(f"#good-ranking--{place}--why").input_value() for place in (1, 2)]
    assert (boxes, texts) == (["", "oak"], ["It is small.", "It is near."])
    assert page.evaluate("document.activeElement.id") == "good-ranking--1"
    assert page.locator(".entries [role=status]").first.inner_text() == "Moved up: Choose"
    page.close()


def test_a_ranking_has_no_buttons_that_do_nothing_without_javascript(browser: Browser) -> None:
    page = opened(browser, 320, javascript=False)
    assert page.locator(".entries__up").first.is_hidden()
    page.close()
