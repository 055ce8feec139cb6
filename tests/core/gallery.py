"""Every question template and every component on one page, as it is and with a problem."""

import datetime as dt
from types import SimpleNamespace as Row
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from core.govuk import fields
from core.govuk.fields import Field, FileRow, Item, Part, date_parts
from forms_engine import richtext

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def questions(error: str = "") -> list[Field]:
    """One of each kind. `error` is what is wrong with each of them."""
    name = "bad" if error else "good"
    return [
        Field(
            template=fields.INPUT,
            id=f"{name}-text",
            name=f"{name}-text",
            label="Which school?",
            hint="Type its full name.",
            error=error,
            value="Northgate",
            autocomplete="organization",
            optional=True,
        ),
        Field(
            template=fields.PASSWORD,
            id=f"{name}-password",
            name=f"{name}-password",
            label="Password",
            error=error,
            autocomplete="current-password",
        ),
        Field(
            template=fields.TEXTAREA,
            id=f"{name}-long",
            name=f"{name}-long",
            label="Why is it right for Ada?",
            error=error,
            value=f"She needs quiet.\n{LONG_WORD}",
            max_length=5000,
            why="The law asks us to.\n\nThe SEND team sees it.",
        ),
        _choice(fields.RADIOS, name, error),
        _choice(fields.CHECKBOXES, name, error),
        Field(
            template=fields.CHECKBOX,
            id=f"{name}-tick",
            name=f"{name}-tick",
            label="It is true as far as I know",
            error=error,
        ),
        Field(
            template=fields.DATE,
            id=f"{name}-date",
            name=f"{name}-date",
            label="When were you there?",
            hint="For example, 27 3 2026",
            error=error,
            parts=date_parts(
                f"{name}-date", f"{name}-date", ["27", "13", "2026"], ["month"] if error else []
            ),
        ),
        Field(
            template=fields.ADDRESS,
            id=f"{name}-address",
            name="address",
            label="Your address",
            parts=[_part(name, "line1", "Address line 1", error), _part(name, "town", "Town or city", "")],
        ),
        Field(
            template=fields.SELECT,
            id=f"{name}-select",
            name=f"{name}-select",
            label="What is it?",
            error=error,
            items=[Item(value="r", label="Report"), Item(value="l", label="Letter", checked=True)],
        ),
        Field(
            template=fields.FILE,
            id=f"{name}-file",
            name=f"{name}-file",
            label="Reports and letters",
            hint="PDF, Word or a picture. Up to 25 MB each.",
            error=error,
            question="reports",
            files=[
                FileRow(
                    id="1", name=f"{LONG_WORD}.pdf", size=1_258_291, scan="clean", said="Checked for viruses"
                ),
                FileRow(id="2", name="Letter.docx", size=245_760, said="We are checking it"),
            ],
        ),
        Field(
            template=fields.GUIDANCE,
            id=f"{name}-guidance",
            name="",
            label="What you can ask for",
            nodes=richtext.parse(
                "<h3>Any school</h3><p>You can <b>ask</b>. <a href='/help/'>Read more</a></p>"
                "<ul><li>One</li><li>Two</li></ul><ol><li>First</li></ol>"
            ),
        ),
    ]


def components() -> dict[str, Any]:
    """The context of every component that is no question."""
    day = dt.date(2026, 10, 26)
    return {
        "turns": [
            Row(
                kind="you",
                who="Your turn",
                what="Send us the form",
                before="By",
                day=day,
                after=".",
                url="/",
                button="Start",
            ),
            Row(
                kind="council",
                who="Our turn",
                what="We read it",
                said=["You do not need to do anything now."],
            ),
            Row(
                kind="late",
                who="The council is late",
                what="We have not decided",
                before="It was due by",
                day=day,
                after=". We are sorry.",
            ),
        ],
        "stages": [
            Row(state="done", name="Request", note="6 July 2026"),
            Row(state="now", name="Decision to assess", note="By 16 August", late="9 days late"),
            Row(state="next", name="Assessment", note="After we decide"),
        ],
        "tiles": [
            Row(url="/1", count=1, name="Actions to complete", note="Last day 26 October"),
            Row(url="/2", count=0, name="Messages", note="None"),
        ],
        "links": [
            Row(url="/", text="SEND dashboard", current=True),
            Row(url="/actions", text="Actions to complete", note="1"),
        ],
        "key_dates": [
            Row(name="Date of request", due=None, happened=["6 July 2026", "Requested by you"]),
            Row(
                name="Do we assess Ada?",
                due=day,
                label="Last day by law",
                working=["6 weeks from 6 July."],
                citation="SEND Regulations 2014, regulation 5",
                late="9 days late",
                happened=["We promise an answer by 13 November."],
                current=True,
            ),
        ],
        "messages": [
            Message(constants.SUCCESS, f"We added {LONG_WORD}.pdf"),
            Message(constants.INFO, "You have been away for 20 minutes"),
        ],
    }


def _choice(template: str, name: str, error: str) -> Field:
    kind = "one" if template == fields.RADIOS else "many"
    field_id = f"{name}-{kind}"
    follow_up = Field(
        template=fields.DATE,
        id=f"{field_id}-when",
        name=f"{field_id}-when",
        label="When?",
        error=error,
        parts=date_parts(f"{field_id}-when", f"{field_id}-when", ["", "", ""], ["day"] if error else []),
    )
    hidden = Field(template=fields.INPUT, id=f"{field_id}-other", name=f"{field_id}-other", label="Say more")
    return Field(
        template=template,
        id=field_id,
        name=field_id,
        label="Have you visited it?",
        error=error,
        items=[
            Item(
                value="yes",
                label="Yes",
                hint="A day in the holidays counts too",
                checked=True,
                reveals=[follow_up],
            ),
            Item(value="other", label="In another way", divider="or", reveals=[hidden]),
        ],
    )


def _part(name: str, part: str, label: str, error: str) -> Part:
    field_id = f"{name}-address-{part}"
    return Part(id=field_id, name=field_id, label=label, error=error, autocomplete="off")
