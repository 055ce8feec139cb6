"""Questions that are answered by choosing one of the records of an app: a school of the register."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.govuk import fields, wide
from core.govuk.fields import Field, Item
from core.govuk.wide import RecordField
from forms_engine.registries import Record, record_choices
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    empty,
    field_of,
    invalid,
    part_of,
    select,
    tidy,
)
from forms_engine.types.config import Setting, registered, tick
from forms_engine.types.texts import too_long

# What is chosen for "It is not in the list".
OTHER = "other"
MOST_FOUND = 10
NAME_LENGTH = 150
ADDRESS_LENGTH = 500
# A search for less would find nearly everything.
LEAST_SEARCHED = 2


class RecordChoice(BaseType):
    """One of the records of a registered source, or the name and address of what is in no list.

    The value keeps what people saw when they chose: `{"id", "words", "detail", "note"}`; without an id
    `{"id": "", "words", "address"}`. What was posted is looked up once, when it is read: cleaning needs no database.
    """

    name = "record"
    label = gettext_lazy("Choose from records, such as schools")
    also = gettext_lazy("look up")
    icon = "search"
    group = Group.CHOICES
    holds = Holds.RECORD
    parts = ("find", "name", "address")
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "source": registered(record_choices, gettext_lazy("Records"), in_sight=True, is_needed=True),
        "notes": tick(
            gettext_lazy("Say what the records tell about the choice"),
            gettext_lazy("For schools: whether the law lets families ask for it."),
        ),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        chosen = post.get(name, "")
        record = _get(question, chosen)
        return {
            "choice": chosen,
            "record": asdict(record) if record else None,
            **{part: post.get(f"{name}-{part}", "") for part in self.parts},
        }

    def known(self, question: Question, said: Raw) -> Raw:
        """A source knows the record by its words. Where more than one has them, they are searched for."""
        found = _find(question, _searched(said))
        found = [record for record in found if record.words == said] or found
        return {"choice": found[0].id, "record": asdict(found[0])} if len(found) == 1 else said

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        chosen = part_of(raw, "choice")
        if not chosen and _searched(raw):
            # Words to search for are no answer, but whoever typed them believes that they are.
            words = _("Search, then choose one that was found, or “%(other)s”") % {"other": _not_in_list()}
            return Cleaned(errors=(("", words),), is_empty=True)
        if not chosen:
            return empty(question, select)
        if chosen == OTHER:
            return _clean_other(question, raw)
        record = _kept(raw, chosen)
        return Cleaned(asdict(record)) if record else invalid(("", select(question)))

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> RecordField:
        """Looks for what was searched: one query."""
        chosen, searched = part_of(raw, "choice"), _searched(raw)
        found = _find(question, searched)
        kept = _kept(raw, chosen)
        records = [*([kept] if kept else []), *(record for record in found if record.id != chosen)]
        other = Item(
            id=f"{name}-{OTHER}", name=name, value=OTHER, label=_not_in_list(), checked=chosen == OTHER
        )
        other.reveals = _other_fields(raw, errors, wording, name)
        field = field_of(
            RecordField,
            question,
            wide.RECORD,
            tuple(error for error in errors if not error[0]),
            wording,
            name,
            value=searched,
            other=other,
            found=_found_text(len(found)) if len(searched) >= LEAST_SEARCHED else "",
        )
        field.question = question.id
        field.items = [_item(question, record, record.id == chosen, name) for record in records]
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        if not value:
            return []
        lines = [value["words"], value.get("detail", ""), *value.get("address", "").split("\n")]
        if question.config.get("notes"):
            lines.append(value.get("note", ""))
        return [text for text in lines if text]


def _searched(raw: Raw) -> str:
    """What was typed to search for. A first answer that is known already is only a text: it is searched for."""
    return " ".join(raw.split()) if isinstance(raw, str) else part_of(raw, "find")


def _source(question: Question) -> str:
    source = question.config.get("source", "")
    return source if source in record_choices else ""


def _get(question: Question, id: str) -> Record | None:
    source = _source(question)
    return record_choices.get(source).get(id) if source and id not in ("", OTHER) else None


def _find(question: Question, words: str) -> list[Record]:
    source = _source(question)
    if not source or len(words) < LEAST_SEARCHED:
        return []
    return list(record_choices.get(source).find(words[:100], MOST_FOUND))


def _kept(raw: Raw, id: str) -> Record | None:
    """The record that was chosen, as it was when it was chosen."""
    kept = raw.get("record") if isinstance(raw, dict) else None
    if not isinstance(kept, dict) or kept.keys() != Record.__dataclass_fields__.keys() or kept["id"] != id:
        return None
    return Record(**kept)


def _clean_other(question: Question, raw: Raw) -> Cleaned:
    name, address = part_of(raw, "name"), tidy(raw.get("address", ""))
    if not name:
        return invalid(("name", _("Enter its name")))
    errors = [
        (part, message)
        for part, text, most in (("name", name, NAME_LENGTH), ("address", address, ADDRESS_LENGTH))
        if (message := too_long(question, text, most))
    ]
    return invalid(*errors) if errors else Cleaned({"id": "", "words": name, "address": address})


def _not_in_list() -> str:
    return _("It is not in the list")


def _found_text(number: int) -> str:
    if not number:
        return _("Nothing was found. Try fewer words, or another spelling.")
    if number == MOST_FOUND:
        return _("The first %(most)s are here. Type more to find others.") % {"most": MOST_FOUND}
    return ngettext("%(number)s was found.", "%(number)s were found.", number) % {"number": number}


def _item(question: Question, record: Record, checked: bool, name: str) -> Item:
    note = record.note if question.config.get("notes") else ""
    hint = ". ".join(text for text in (record.detail, note) if text)
    id = f"{name}--{record.id}"
    return Item(id=id, name=name, value=record.id, label=record.words, hint=hint, checked=checked)


def _other_fields(raw: Raw, errors: tuple[Error, ...], wording: Wording, name: str) -> list[Field]:
    typed = raw if isinstance(raw, dict) else {}
    by_part = dict(errors)
    return [
        Field(
            template=template,
            id=f"{name}-{part}",
            name=f"{name}-{part}",
            label=label,
            size="",
            value=value if isinstance(value := typed.get(part), str) else "",
            error=wording(by_part.get(part, "")),
            rows=3,
            optional=part == "address",
        )
        for part, label, template in (
            ("name", _("Its name"), fields.INPUT),
            ("address", _("Its address"), fields.TEXTAREA),
        )
    ]
