"""Questions that are answered with files. These are rows of their own: an answer is the list of ids."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.govuk import fields
from core.govuk.fields import Field
from forms_engine.rules.known import ConfigKey, Holds
from forms_engine.spec import Question
from forms_engine.types.base import BaseType, Cleaned, Error, Raw, Wording, base_field, empty
from forms_engine.types.texts import WHOLE

MOST = 20
KINDS = ("pdf", "docx", "odt", "jpg", "png", "heic")
_ENDINGS = {"jpg": ".jpg,.jpeg", "heic": ".heic,.heif"}


def kinds_of(question: Question) -> tuple[str, ...]:
    """The short names of the kinds of files that the question takes: `core.private_files.take_in`."""
    return tuple(question.config.get("kinds", KINDS))


def most_of(question: Question) -> int:
    """How many files the question takes."""
    most: int = question.config.get("most", MOST)
    return most


class File(BaseType):
    """Files, one added at a time. The caller knows which are there: `raw` is the list of their ids."""

    name = "file"
    holds = Holds.FILES
    config_keys: ClassVar[Mapping[str, ConfigKey]] = {
        "most": WHOLE,
        "kinds": ConfigKey(
            f"a list of {', '.join(KINDS)}",
            lambda value: isinstance(value, list) and bool(value) and all(kind in KINDS for kind in value),
        ),
    }

    def read(self, post: QueryDict, name: str) -> Raw:
        return []

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        if not raw:
            return empty(question, _add)
        return Cleaned([str(file) for file in raw])

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        """`files` is filled in by the caller, who knows the rows."""
        field = base_field(
            question,
            fields.FILE,
            errors,
            wording,
            name,
            accept=",".join(_ENDINGS.get(kind, f".{kind}") for kind in kinds_of(question)),
            full=len(raw or ()) >= most_of(question),
        )
        field.question = question.id
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        """Nothing: files are shown by name, from their rows."""
        return []


def _add(question: Question) -> str:
    return _("Add a file to “%(question)s”") % {"question": question.label}
