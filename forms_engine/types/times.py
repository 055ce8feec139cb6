"""Questions that are answered with a time of the day."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import clock_text
from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import Holds
from forms_engine.rules.reading import Half, clock
from forms_engine.spec import Question
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    base_field,
    empty,
    enter,
    invalid,
    tidy_line,
)


class Time(BaseType):
    """A time in one box, as people write it. The value is of the 24-hour clock, such as "14:30"."""

    name = "time"
    label = gettext_lazy("Time")
    icon = "time"
    group = Group.NUMBERS
    fits_a_column = True
    holds = Holds.TIME

    def clean(self, question: Question, raw: Raw, today: dt.date | None = None) -> Cleaned:
        text = tidy_line(raw)
        if not text:
            return empty(question, enter)
        time = clock(text, {_(word): word for word in ("am", "pm", "midday", "midnight")})
        words = {"question": question.label, "typed": text}
        if time is Half.UNKNOWN:
            message = _(
                "Say if your answer to “%(question)s” is morning or afternoon: %(typed)s am or %(typed)s pm"
            )
            return invalid(("", message % words))
        if not isinstance(time, str):
            message = _("Your answer to “%(question)s” must be a time, such as 9:30am or 2:15pm")
            return invalid(("", message % words))
        return Cleaned(time)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        field = base_field(
            question,
            fields.INPUT,
            errors,
            wording,
            name,
            value=raw if isinstance(raw, str) else "",
            width=10,
            spellcheck=False,
        )
        field.hint = field.hint or _("For example, 9:30am or 2:15pm")
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [clock_text(dt.time.fromisoformat(value))] if value else []
