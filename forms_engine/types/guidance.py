"""Text on a page, which asks nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine import richtext
from forms_engine.rules.known import Holds
from forms_engine.spec import Question
from forms_engine.types.base import BaseType, Cleaned, Error, Raw, Wording
from forms_engine.types.config import Setting, rich_text


class Guidance(BaseType):
    """Rich text under an optional heading: the question's label."""

    name = "guidance"
    label = gettext_lazy("Guidance text")
    also = gettext_lazy("text to read")
    icon = "info-circle"
    holds = Holds.NOTHING
    is_typed = False
    common = frozenset[str]()
    template: ClassVar[str] = fields.GUIDANCE
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "text": rich_text(gettext_lazy("Text"), gettext_lazy("{child} becomes the first name of the child."))
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return None

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        return Cleaned(is_empty=True)

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        return Field(
            template=self.template,
            id=name,
            name=name,
            label=wording(question.label),
            nodes=richtext.parse(question.config.get("text", ""), wording),
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return []


class WarningText(Guidance):
    """What people must not overlook: bold, behind an exclamation mark."""

    name = "warning"
    label = gettext_lazy("Warning text")
    also = gettext_lazy("text to read")
    icon = "warning"
    template = fields.WARNING
