"""The simple types on one page: typed as people write, wrong ones kept, and read the same on screen and in the PDF."""

import io
from typing import Any

import pikepdf
import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from forms_engine.models import Submission
from tests.forms_engine import editing
from tests.forms_engine.conftest import Browser, ask, publish
from tests.pdf_text import text_of

# Type and settings; what is posted; what the answer reads as; a wrong answer.
PAGE: dict[str, tuple[dict[str, Any], dict[str, Any], str, dict[str, Any]]] = {
    "name": ({"type": "full_name"}, {"": "Sam Parent"}, "Sam Parent", {"": "--"}),
    "cost": ({"type": "money"}, {"": "£1,234.5"}, "£1,234.50", {"": "12,50"}),
    "last": ({"type": "month"}, {"-month": "Sept", "-year": "2026"}, "September 2026", {"-month": "13"}),
    "time": ({"type": "time"}, {"": "7.52pm"}, "7:52pm", {"": "7:52"}),
    "far": ({"type": "number", "config": {"unit": "miles"}}, {"": "12 miles"}, "12 miles", {"": "far"}),
    "tel": ({"type": "phone"}, {"": "+44 1632 960001"}, "01632 960001", {"": "me"}),
    "code": ({"type": "postcode"}, {"": "mb14qt"}, "MB1 4QT", {"": "MB1"}),
    "nhs": ({"type": "nhs_number"}, {"": "9434765919"}, "943 476 5919", {"": "9434765918"}),
    "upn": ({"type": "upn"}, {"": "p207000016049"}, "P207000016049", {"": "B207000016049"}),
    "scn": ({"type": "reference", "config": {"shape": "scn"}}, {"": "123 456 789"}, "123456789", {"": "12"}),
    "sign": ({"type": "signature"}, {"": "Samira Parent"}, "Samira Parent", {"": "?"}),
}


def form() -> dict[str, Any]:
    data = editing.small()
    first, _second, send = data["sections"][0]["steps"]
    first["questions"] = [
        {"id": id, "label": f"About {id}", "level": "required", **asked}
        for id, (asked, *_rest) in PAGE.items()
    ]
    data["sections"][0]["steps"] = [first, send]
    return data


def typed(place: int) -> dict[str, Any]:
    return {f"q-{id}{part}": text for id, each in PAGE.items() for part, text in each[place].items()}


@pytest.fixture
def browser(sams_browser: Any, sam_parent: User) -> Browser:
    made: Browser = sams_browser(ask(publish(form()), sam_parent))
    return made


def page_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_every_wrong_answer_is_named_and_kept(browser: Browser) -> None:
    page = browser.post("place", typed(3))
    assert len(page.context["problems"]) == len(PAGE)
    for each in PAGE.values():
        for text in each[3].values():
            assert f'value="{text}"' in page_of(page)
    assert all(field.error for field in page.context["fields"])


def test_answers_read_alike_on_check_answers_in_print_in_the_pdf_and_as_they_were_sent(
    browser: Browser,
) -> None:
    assert browser.post("place", typed(1)).status_code == 302
    draft = browser.draft.pk
    check = page_of(browser.get("send"))
    printed = page_of(browser.client.get(reverse("forms:print", args=[draft])))
    content = b"".join(browser.client.get(reverse("forms:pdf", args=[draft])))
    with pikepdf.open(io.BytesIO(content)) as document:
        pdf = text_of(document)
    browser.post("send", {})
    kept = Submission.objects.get().content.tree["sections"][0]["rows"]
    for (_asked, _typed, read, _wrong), row in zip(PAGE.values(), kept, strict=True):
        assert read in check
        assert read in printed
        assert read.replace(" ", "") in pdf.replace(" ", "")
        assert row["said"][0] == read
