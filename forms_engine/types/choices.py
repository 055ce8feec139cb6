"""Questions that are answered by choosing."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from core.govuk import fields
from core.govuk.fields import Field, Item
from forms_engine.field_blocks import LongListBlock, OptionsBlock, OwnAnswersBlock, SeveralOptionsBlock
from forms_engine.rules.known import Holds
from forms_engine.spec import Option, Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    base_field,
    empty,
    invalid,
    select,
    texts_in,
)


def items_of(options: tuple[Option, ...], chosen: frozenset[str], wording: Wording) -> list[Item]:
    """The answers to choose from. Their follow-ups are put in where the page is made."""
    return [
        Item(
            value=option.id,
            label=wording(option.label),
            hint=wording(option.hint),
            checked=option.id in chosen,
        )
        for option in options
    ]


class OneOf(BaseType):
    """One of the answers that the editor wrote."""

    name = "one_of"
    label = gettext_lazy("Choose one")
    also = gettext_lazy("radio buttons, multiple choice")
    icon = "radio-full"
    group = Group.CHOICES
    fits_a_column = True
    holds = Holds.OPTION
    takes_options = True
    answers_box: ClassVar[Callable[..., blocks.Block] | None] = OptionsBlock

    def options(self, question: Question) -> tuple[Option, ...]:
        return question.options

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        if not isinstance(raw, str) or not raw:
            return empty(question, select)
        if raw not in {option.id for option in self.options(question)}:
            return invalid(("", select(question)))
        return Cleaned(raw)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        chosen = frozenset({raw} if isinstance(raw, str) else ())
        items = items_of(self.options(question), chosen, wording)
        return base_field(question, fields.RADIOS, errors, wording, name, items=items)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [wording(option.label) for option in self.options(question) if option.id == value]


class YesNo(OneOf):
    """Yes or no. An editor may write the two answers in other words, or let them reveal follow-ups."""

    name = "yes_no"
    label = gettext_lazy("Yes or no")
    also = gettext_lazy("radio buttons")
    icon = "check"
    takes_options = False
    answers_box = OwnAnswersBlock
    own_options = ("yes", "no")

    def options(self, question: Question) -> tuple[Option, ...]:
        own = {"yes": Option("yes", _("Yes")), "no": Option("no", _("No"))}
        written = {option.id: option for option in question.options}
        return tuple(written.get(id, option) for id, option in own.items())

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        field = super().field(question, raw, errors, wording, name=name)
        # In one row there is no room for follow-ups and hints.
        field.inline = not any(option.reveals or option.hint for option in question.options)
        return field


class OneOfMany(OneOf):
    """One of a long list: with a script it is searched by typing, without one it is a plain select."""

    name = "one_of_many"
    label = gettext_lazy("One from a long list")
    also = gettext_lazy("drop-down list")
    icon = "search"
    can_reveal = False
    answers_box = LongListBlock

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        field = super().field(question, raw, errors, wording, name=name)
        field.template = fields.AUTOCOMPLETE
        return field


class AnyOf(BaseType):
    """As many of the answers as fit."""

    name = "any_of"
    label = gettext_lazy("Choose any")
    also = gettext_lazy("check boxes, tick boxes, several answers")
    icon = "tasks"
    group = Group.CHOICES
    holds = Holds.OPTIONS
    takes_options = True
    answers_box = SeveralOptionsBlock

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return post.getlist(name)

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        posted = texts_in(raw)
        chosen = [option.id for option in question.options if option.id in posted]
        if posted.difference(chosen):
            return invalid(("", select(question)))
        if not chosen:
            return empty(question, select)
        alone = next(
            (option for option in question.options if option.exclusive and option.id in chosen), None
        )
        if alone and len(chosen) > 1:
            message = _("Select “%(alone)s” alone, or the other answers to “%(question)s” without it")
            return invalid(("", message % {"alone": alone.label, "question": question.label}))
        return Cleaned(chosen)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        items = items_of(question.options, texts_in(raw), wording)
        for item, option in zip(items, question.options, strict=True):
            item.exclusive = option.exclusive
        if first := next((item for item in items[1:] if item.exclusive), None):
            first.divider = _("or")
        return base_field(question, fields.CHECKBOXES, errors, wording, name, items=items)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [wording(option.label) for option in question.options if option.id in (value or ())]


def _tick(question: Question) -> str:
    return _("Tick the box “%(question)s”") % {"question": question.label}


class Declaration(BaseType):
    """A sentence to tick."""

    name = "declaration"
    label = gettext_lazy("Declaration")
    also = gettext_lazy("one check box, “I agree”")
    icon = "clipboard-list"
    holds = Holds.OPTION
    ends_a_form = True
    own_options = ("yes",)

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        if raw == "yes":
            return Cleaned("yes")
        return empty(question, _tick)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        return base_field(question, fields.CHECKBOX, errors, wording, name, checked=raw == "yes")

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [_("Yes")] if value == "yes" else []
