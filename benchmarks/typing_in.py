"""A step of the form as a browser fills it in."""

import html
import re
from collections.abc import Callable

# A page of three questions: one of three, and two long texts. The page before it asks four.
STEP, BEFORE = "draft-plan", "travel"
# On the page, and on no other: an error page is never speed.
EXPECTED = 'name="q-agree"'
BEFORE_EXPECTED = 'name="q-travel-now"'
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_WORDS = "The plan says a group of eight; please change it to a group of four, as the report says. "


def page_path(draft: str, step: str = STEP) -> str:
    return f"/forms/{draft}/{step}/"


def real_answers(number: int) -> dict[str, str]:
    """Answers to STEP, other words for each `number`."""
    return {
        "q-agree": "agree-talk",
        "q-missing": f"{number}: {_WORDS * 4}",
        "q-facts": "Her name has two n's.",
    }


def answers_before(number: int) -> dict[str, str]:
    """Answers to BEFORE, another for each `number`."""
    return {
        "q-travel-now": "travel-walk",
        "q-travel-needs": ("needs-near", "needs-adult")[number % 2],
        "q-travel-own": "own-talk",
    }


def hidden_in(page: str) -> dict[str, str]:
    """The hidden boxes of `page`, which a browser sends along."""
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}


class TypingIn:
    """Reads the page once, for its token and ticket; each further post has other words and the next revision."""

    def __init__(self, page: str, answers: Callable[[int], dict[str, str]] = real_answers) -> None:
        self.answers = answers
        self.hidden = hidden_in(page)
        self.rev = int(self.hidden["rev"])

    def next_post(self) -> dict[str, str]:
        data = self.hidden | {"rev": str(self.rev), **self.answers(self.rev)}
        self.rev += 1
        return data
