"""A step of the form as a browser fills it in."""

import html
import re

STEP = "draft-plan"
# On the page of STEP, and nowhere else: an error page is never speed.
EXPECTED = 'name="q-agree"'
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_WORDS = "The plan says a group of eight; please change it to a group of four, as the report says. "


def page_path(draft: str) -> str:
    return f"/forms/{draft}/{STEP}/"


class TypingIn:
    """Reads the page once, for its token and ticket; each further post has other words and the next revision."""

    def __init__(self, page: str) -> None:
        self.hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}
        self.rev = int(self.hidden["rev"])

    def next_post(self) -> dict[str, str]:
        data = self.hidden | {
            "rev": str(self.rev),
            "q-agree": "agree-changes",
            "q-changes": f"{self.rev}: {_WORDS * 3}",
            "q-missing": _WORDS,
            "q-facts": "Her name has two n's.",
        }
        self.rev += 1
        return data
