"""The rules of a new password tick themselves off while it is typed: the script judges as the server does."""

import unicodedata
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from accounts.rules.passwords import Policy, broken
from tests.core.test_gallery import opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.capability("B9")]
OWNED = ("sam", "okonkwo")
# The gallery's own. What only the server can judge keeps no rule from being ticked here.
POLICY = replace(Policy(), common=(), words=())
BOX = "#good-password"
TYPED = [
    "a",
    "Correct horse 7 battery",
    "correct horse 7 batter",
    "CorrectHorse7.",
    "CorrectHorse7.!",
    "Sam and 7 other horses",
    "OKONKWO and 7 horses",
    "Correct horse 7 \N{SPARKLES} battery",
    "Correct horse 7 £ battery",
    "Correct\thorse 7 battery",
    "2468 1357 9753 8642",
    "Caf\N{LATIN SMALL LETTER E WITH ACUTE} bleu 7 ok",
    "Cafe\N{COMBINING ACUTE ACCENT} bleu 7 ok",
    "Cafe\N{COMBINING ACUTE ACCENT} bleu 7 ok!",
    "7\N{COMBINING ACUTE ACCENT} Correct horses",
    "\N{COMBINING ACUTE ACCENT}Correct horse 7",
    "Ŵy gath 7 cysgu yn y ty",
    "A नीला हाथी बहुत नाचता है ७",
    "字字字字字字字字字字字字字字字A7",
    "\N{FULLWIDTH LATIN CAPITAL LETTER A}bcdefgh 1234567",
    "x" * 128 + "A7",
    "A7" + "x" * 126,
    "\N{MATHEMATICAL BOLD CAPITAL A}bc def ghi jkl 7",
]


def ticked(page: Page) -> set[str]:
    return set(page.eval_on_selector_all(".is-met", "items => items.map((item) => item.dataset.rule)"))


def test_the_script_ticks_what_the_server_would_accept(browser: Browser) -> None:
    page = opened(browser, 320)
    page.wait_for_selector("[data-rule] > span", state="attached")
    rules = set(page.eval_on_selector_all("[data-rule]", "items => items.map((item) => item.dataset.rule)"))
    wrong = {}
    for password in TYPED:
        page.locator(BOX).fill(password)
        refused = {rule.id for rule in broken(password, replace(POLICY, longest=10**6), OWNED)}
        refused |= {"longest"} if len(unicodedata.normalize("NFKC", password)) > POLICY.longest else set()
        if ticked(page) != rules - refused:
            wrong[password] = ticked(page) ^ (rules - refused)
    page.close()
    assert wrong == {}


def test_a_rule_that_is_kept_is_said_and_not_only_coloured(browser: Browser) -> None:
    page = opened(browser, 320)
    page.wait_for_selector("[data-rule] > span", state="attached")
    page.locator(BOX).fill("Correct horse 7")
    rule = page.locator("[data-rule=shortest]")
    assert " ".join(rule.inner_text().split()) == "Done: has at least 15 characters"
    page.get_by_text("7 of 7 done").wait_for(state="attached")
    page.locator(BOX).fill("Correct")
    assert rule.inner_text() == "has at least 15 characters"
    page.close()


def test_without_the_script_the_rules_can_be_read(browser: Browser) -> None:
    page = opened(browser, 320, javascript=False)
    said = page.locator(".password-rules li").all_inner_texts()
    page.close()
    assert len(said) == 9
    assert said[0] == "has at least 15 characters"
