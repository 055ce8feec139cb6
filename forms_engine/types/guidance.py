"""Text on a page, which asks nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine import richtext
from forms_engine.rules.known import ConfigKey, Holds
from forms_engine.spec import Question
from forms_engine.types.base import BaseType, Cleaned, Error, Raw, Wording


class Guidance(BaseType):
    """Rich text under an optional heading: the question's label."""

    name = "guidance"
    holds = Holds.NOTHING
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {
        "text": ConfigKey("rich text as HTML", lambda value: isinstance(value, str) and bool(value.strip()))
    }

    def read(self, post: QueryDict, name: str) -> Raw:
        return None

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        return Cleaned(is_empty=True)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        return Field(
            template=fields.GUIDANCE,
            id=name,
            name=name,
            label=wording(question.label),
            nodes=richtext.parse(question.config.get("text", ""), wording),
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return []
