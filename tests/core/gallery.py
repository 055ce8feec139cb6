"""Every question template and every component on one page, as it is and with a problem."""

import datetime as dt
from types import SimpleNamespace as Row
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from accounts.passwords.shown import ShownRules
from accounts.rules.passwords import Policy
from core.govuk import fields, wide
from core.govuk.fields import Field, FileRow, Item, Part, date_parts, month_parts
from core.govuk.wide import (
    AddressField,
    Entry,
    GridField,
    GridRow,
    RankingField,
    RecordField,
    TableField,
    TextOrFileField,
)
from forms_engine import richtext

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def questions(error: str = "") -> list[Field]:
    """One of each kind. `error` is what is wrong with each of them."""
    name = "bad" if error else "good"
    kinds = (_boxes, _choices, _days_and_places, _lists, _with_more, _to_read, _wide)
    return [field for kind in kinds for field in kind(name, error)]


def _boxes(name: str, error: str) -> list[Field]:
    """To type into."""
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
            template=fields.AFFIXED,
            id=f"{name}-money",
            name=f"{name}-money",
            label="What does the trip cost?",
            error=error,
            value="12.50",
            inputmode="decimal",
            width=10,
            prefix="£",
            suffix="a child and week",
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
    ]


def _choices(name: str, error: str) -> list[Field]:
    """To choose from what is in sight."""
    return [
        _choice(fields.RADIOS, name, error),
        _choice(fields.CHECKBOXES, name, error),
        Field(
            template=fields.CHECKBOX,
            id=f"{name}-tick",
            name=f"{name}-tick",
            label="It is true as far as I know",
            error=error,
        ),
    ]


def _days_and_places(name: str, error: str) -> list[Field]:
    """In several boxes."""
    return [
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
            template=fields.DATE,
            id=f"{name}-month",
            name=f"{name}-month",
            label="When did you last see them?",
            error=error,
            parts=month_parts(f"{name}-month", f"{name}-month", ["13", "2026"], ["month"] if error else []),
        ),
        AddressField(
            template=fields.ADDRESS,
            id=f"{name}-address",
            name=f"{name}-address",
            label="Your address",
            parts=[_part(name, "postcode", "Postcode", ""), _part(name, "line1", "Address line 1", error)],
            finds=True,
            found="We found no address with this postcode." if error else "1 address was found.",
            items=[] if error else [Item(value="1", label="1 High Street, Oldtown")],
        ),
    ]


def _lists(name: str, error: str) -> list[Field]:
    """To choose from what opens."""
    return [
        Field(
            template=fields.SELECT,
            id=f"{name}-select",
            name=f"{name}-select",
            label="What is it?",
            error=error,
            items=[Item(value="r", label="Report"), Item(value="l", label="Letter", checked=True)],
        ),
        Field(
            template=fields.AUTOCOMPLETE,
            id=f"{name}-list",
            name=f"{name}-list",
            label="Which council?",
            hint="The one that writes the plan.",
            error=error,
            items=[
                Item(value=str(number), label=f"Council number {number}", checked=number == 3)
                for number in range(1, 40)
            ],
        ),
    ]


def _with_more(name: str, error: str) -> list[Field]:
    """With files, or a tick of those to whom it does not apply."""
    return [
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
            template=fields.WITH_TICK,
            inside=fields.INPUT,
            id=f"{name}-tick-under",
            name=f"{name}-tick-under",
            label="What is Ada’s NHS number?",
            error=error,
            value="943 476 5919",
            tick="Ada has no NHS number",
            is_ticked=True,
            why="Health staff know her by it.",
        ),
    ]


def _to_read(name: str, _error: str) -> list[Field]:
    """Nothing to answer."""
    return [
        Field(
            template=fields.KNOWN,
            id=f"{name}-known",
            name="",
            label="Which school does Ada go to?",
            said=["Oakfield Primary School", "Millbrook"],
        ),
        Field(
            template=fields.WARNING,
            id=f"{name}-warning",
            name="",
            label="Keep the letter",
            nodes=richtext.parse("<p>You <b>cannot</b> get another.</p>"),
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


DAY = dt.date(2026, 10, 26)


def components() -> dict[str, Any]:
    """The context of every component that is no question."""
    return {
        "turns": _turns(),
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
        "key_dates": _key_dates(),
        "password_rules": ShownRules(Policy(), ("sam", "okonkwo"), box="good-password", is_first=False),
        "messages": [
            Message(constants.SUCCESS, f"We added {LONG_WORD}.pdf"),
            Message(constants.INFO, "You have been away for 20 minutes"),
        ],
    }


def _turns() -> list[Row]:
    return [
        Row(
            kind="you",
            who="Your turn",
            what="Send us the form",
            before="By",
            day=DAY,
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
            day=DAY,
            after=". We are sorry.",
        ),
    ]


def _key_dates() -> list[Row]:
    return [
        Row(name="Date of request", due=None, happened=["6 July 2026", "Requested by you"]),
        Row(
            name="Do we assess Ada?",
            due=DAY,
            label="Last day by law",
            working=["6 weeks from 6 July."],
            citation="SEND Regulations 2014, regulation 5",
            late="9 days late",
            happened=["We promise an answer by 13 November."],
            current=True,
        ),
    ]


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
            Item(value="other", label="In another way", reveals=[hidden]),
            Item(value="none", label="Not at all", divider="or", exclusive=kind == "many"),
        ],
    )


def _part(name: str, part: str, label: str, error: str) -> Part:
    field_id = f"{name}-address-{part}"
    return Part(id=field_id, name=field_id, label=label, error=error, autocomplete="off")


def _wide(name: str, error: str) -> list[Field]:
    """Those that are asked row by row."""
    calculated = Field(
        template=fields.CALCULATED,
        id=f"{name}-calculated",
        name=f"{name}-calculated",
        label="Hours a year",
        hint="39 weeks of school.",
        value="" if error else "117 hours",
    )
    return [
        _table(name, error),
        _grid(name, error),
        _ranking(name, error),
        calculated,
        _record(name, error),
        _text_or_file(name, error),
    ]


def _table(name: str, error: str) -> Field:
    field_id = f"{name}-table"
    return TableField(
        template=wide.TABLE,
        id=field_id,
        name=field_id,
        label="Who helps Ada now?",
        hint="Leave out what does not apply.",
        error=error,
        headings=["Who", "When", "Is it enough?"],
        entries=[
            Entry(id=f"{field_id}-{row}", label=label, hint=hint, cells=_cells(f"{field_id}--{row}", error))
            for row, label, hint in (("read", "Reading", "With others or alone"), ("eat", "Eating", ""))
        ],
    )


def _cells(field_id: str, error: str) -> list[Field]:
    who, when, enough = (f"{field_id}--{part}" for part in ("who", "when", "enough"))
    items = [Item(value="yes", label="Yes"), Item(value="no", label="No")]
    boxes = date_parts(when, when, ["", "", ""], ["day"] if error else [])
    return [
        Field(template=fields.INPUT, id=who, name=who, label="Who", size="", error=error, value=LONG_WORD),
        Field(template=fields.DATE, id=when, name=when, label="When", size="", error=error, parts=boxes),
        Field(
            template=fields.RADIOS,
            id=enough,
            name=enough,
            label="Is it enough?",
            size="",
            items=items,
            inline=True,
        ),
    ]


def _grid(name: str, error: str) -> Field:
    field_id = f"{name}-grid"
    sessions = (("am", "Morning"), ("pm", "Afternoon"), ("eve", "Evening"), ("all", "The whole day"))
    return GridField(
        template=wide.GRID,
        id=field_id,
        name=field_id,
        label="When can you come?",
        hint="Tick all that fit.",
        headings=[label for _id, label in sessions],
        entries=[
            GridRow(
                name=f"{field_id}--{day.lower()}",
                label=day,
                error=error if day == "Tuesday" else "",
                items=[Item(value=id, label=label, checked=id == "am") for id, label in sessions],
            )
            for day in ("Monday", "Tuesday", "Wednesday")
        ],
    )


def _ranking(name: str, error: str) -> Field:
    field_id = f"{name}-ranking"
    return RankingField(
        template=wide.RANKING,
        id=field_id,
        name=field_id,
        label="Which schools do you want?",
        entries=[
            Entry(
                id=f"{field_id}--{place}-name",
                label=label,
                cells=_choice_and_why(f"{field_id}--{place}", error),
            )
            for place, label in (("1", "1st choice"), ("2", "2nd choice"))
        ],
    )


def _choice_and_why(field_id: str, error: str) -> list[Field]:
    why = f"{field_id}--why"
    schools = [Item(value="", label="Choose"), Item(value="oak", label=LONG_WORD, checked=True)]
    return [
        Field(
            template=fields.SELECT,
            id=field_id,
            name=field_id,
            label="Your choice",
            size="",
            error=error,
            items=schools,
        ),
        Field(template=fields.TEXTAREA, id=why, name=why, label="Why?", size="", rows=3, max_length=500),
    ]


def _record(name: str, error: str) -> Field:
    field_id = f"{name}-record"
    part = f"{field_id}-name"
    other = Item(
        id=f"{field_id}-other", name=field_id, value="other", label="It is not in the list", checked=True
    )
    other.reveals = [Field(template=fields.INPUT, id=part, name=part, label="Its name", size="", error=error)]
    law = "The law lets you ask for this school"
    return RecordField(
        template=wide.RECORD,
        id=field_id,
        name=field_id,
        label="Which school?",
        error=error,
        value="Oak",
        question="school",
        found="2 were found.",
        items=[
            Item(
                id=f"{field_id}--1", value="1", label="Oakfield Primary School", hint=f"Milton Cross. {law}"
            ),
            Item(id=f"{field_id}--2", value="2", label=LONG_WORD),
        ],
        other=other,
    )


def _text_or_file(name: str, error: str) -> Field:
    field_id = f"{name}-either"
    text = f"{field_id}-text"
    return TextOrFileField(
        template=wide.TEXT_OR_FILE,
        id=field_id,
        name=field_id,
        label="What does Ada say herself?",
        error=error,
        text=Field(
            template=fields.TEXTAREA, id=text, name=text, label="Write it here", size="", max_length=500
        ),
        upload=Field(
            template=fields.FILE, id=field_id, name=field_id, label="Or add a file", size="", question="own"
        ),
    )
