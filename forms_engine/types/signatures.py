"""A name, typed to sign what was written."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_text
from core.dates import today as london_today
from core.govuk.fields import Field
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
from forms_engine.types.base import Cleaned, Error, Group, Raw, Wording
from forms_engine.types.config import Setting
from forms_engine.types.texts import FullName


class Signature(FullName):
    """A typed name. The day is added here, never typed: the value is `{"name", "day"}`, the day of sending."""

    name = "signature"
    label = gettext_lazy("Signature")
    icon = "edit"
    group = Group.OTHER
    holds = Holds.PARTS
    ends_a_form = True
    config_keys: ClassVar[Mapping[str, Setting]] = {}

    def clean(self, question: Question, raw: Raw, today: dt.date | None = None) -> Cleaned:
        cleaned = super().clean(question, raw, today)
        if cleaned.value is None:
            return cleaned
        return Cleaned({"name": cleaned.value, "day": (today or london_today()).isoformat()})

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        field = super().field(question, raw, errors, wording, name=name)
        field.hint = field.hint or _("Type your full name. We add today’s date.")
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [value["name"], day_text(dt.date.fromisoformat(value["day"]))] if value else []
