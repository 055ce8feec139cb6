"""Forms of any number of pages: two questions a page, every third page on a condition."""

from typing import Any

# As the shipped forms nearly have it: the short ones some four sections, the long ones some ten.
PAGES_OF_A_SECTION, OF_A_SHORT_FORM, SHORT = 10, 2, 10


def long_form(pages: int) -> dict[str, Any]:
    """A definition of `pages` pages s1, s2 ... with the questions q1, r1 on the first, and a page to send it from."""
    many = OF_A_SHORT_FORM if pages < SHORT else PAGES_OF_A_SECTION
    sections = [
        {
            "id": f"part{start}",
            "title": "Part",
            "steps": [_page(number) for number in range(start, min(start + many, pages + 1))],
        }
        for start in range(1, pages + 1, many)
    ]
    end = {"id": "end", "title": "Send", "steps": [{"id": "send", "kind": "check", "title": "Check"}]}
    return {"slug": f"long-{pages}", "title": "A long form", "sections": [*sections, end]}


def _page(number: int) -> dict[str, Any]:
    first, second = (
        {"id": f"{letter}{number}", "type": "short_text", "label": "What?", "level": "required"}
        for letter in "qr"
    )
    page = {"id": f"s{number}", "kind": "questions", "title": "Page", "questions": [first, second]}
    if number % 3:
        return page
    return page | {"show_if": {"question": f"q{number - 1}", "op": "is", "value": "yes"}}


def answers(number: int) -> dict[str, str]:
    """Answers to page `number` (from 1) with which the next one is asked."""
    return {f"q{number}": "yes", f"r{number}": "yes"}
