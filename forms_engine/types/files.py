"""Questions that are answered with files. These are rows of their own: an answer is the list of ids."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import fields, wide
from core.govuk.fields import Field
from core.govuk.wide import TextOrFileField
from forms_engine.rules.known import COMMON, Holds
from forms_engine.spec import Level, Question
from forms_engine.types import question_types
from forms_engine.types.base import (
    BaseType,
    Cleaned,
    Error,
    Group,
    Raw,
    Wording,
    base_field,
    empty,
    field_of,
    invalid,
)
from forms_engine.types.config import Setting, some_of, whole
from forms_engine.types.texts import LongText

MOST = 20
KINDS = ("pdf", "docx", "odt", "jpg", "png", "heic")
# A photo, a drawing, or what somebody says or shows in a recording.
MEDIA = ("jpg", "png", "heic", "mp3", "mp4", "m4a")
# A long answer may also be said or shown.
OF_AN_ANSWER = (*KINDS, "mp3", "mp4", "m4a")
_ENDINGS = {"jpg": ".jpg,.jpeg", "heic": ".heic,.heif"}


def kinds_of(question: Question) -> tuple[str, ...]:
    """The short names of the kinds of files that the question takes: `core.private_files.take_in`."""
    return tuple(question.config.get("kinds", question_types.get(question.type).kinds))


def most_of(question: Question) -> int:
    """How many files the question takes."""
    most: int = question.config.get("most", MOST)
    return most


class File(BaseType):
    """Files, one added at a time. The caller knows which are there: `raw` is the list of their ids."""

    name = "file"
    label = gettext_lazy("Files")
    also = gettext_lazy("upload")
    icon = "doc-full"
    group = Group.FILES
    holds = Holds.FILES
    takes_files = True
    is_typed = False
    kinds = KINDS
    common = COMMON - {"not_applicable"}
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "most": whole(gettext_lazy("How many files at most"), gettext_lazy("20 unless you say otherwise.")),
        "kinds": some_of(
            [(kind, kind) for kind in KINDS],
            gettext_lazy("Kinds of files"),
            gettext_lazy("All of these where none is ticked."),
        ),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return []

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        if not raw or not isinstance(raw, list):
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
            full=isinstance(raw, list) and len(raw) >= most_of(question),
        )
        field.question, field.asked = question.id, wording(question.label)
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        """Nothing: files are shown by name, from their rows."""
        return []


def _add(question: Question) -> str:
    return _("Add a file to “%(question)s”") % {"question": question.label}


class Media(File):
    """A photo, a drawing or a recording: the words of somebody who would rather not write."""

    name = "media"
    label = gettext_lazy("Photo, drawing or recording")
    also = gettext_lazy("upload")
    icon = "media"
    kinds = MEDIA
    config_keys: ClassVar[Mapping[str, Setting]] = {
        **File.config_keys,
        "kinds": some_of(
            [(kind, kind) for kind in MEDIA],
            gettext_lazy("Kinds of files"),
            gettext_lazy("All of these where none is ticked."),
        ),
    }


class TextOrFile(File):
    """Written in the box, or added as a file; or both. The value is `{"text", "files"}`."""

    name = "text_or_file"
    label = gettext_lazy("Text or file")
    also = gettext_lazy("upload")
    icon = "edit"
    holds = Holds.PARTS
    is_typed = True
    parts = ("text",)
    config_keys: ClassVar[Mapping[str, Setting]] = {
        **LongText.config_keys,
        **File.config_keys,
        "kinds": some_of(
            [(kind, kind) for kind in OF_AN_ANSWER],
            gettext_lazy("Kinds of files"),
            gettext_lazy("All but recordings (mp3, mp4, m4a) where none is ticked."),
        ),
    }

    def read(self, question: Question, post: QueryDict, name: str) -> Raw:
        return post.get(f"{name}-text", "")

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        typed, files = _typed_and_files(raw)
        text = LongText().clean(replace(question, level=Level.OPTIONAL), typed)
        if text.is_invalid:
            return invalid(*(("text", message) for _part, message in text.errors))
        if text.is_empty and not files:
            return empty(question, _write_or_add)
        return Cleaned({"text": text.value or "", "files": [str(file) for file in files]})

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> TextOrFileField:
        typed, files = _typed_and_files(raw)
        whole = tuple(error for error in errors if not error[0])
        wrong = tuple(("", message) for part, message in errors if part)
        alone = replace(question, hint="", why="", level=Level.REQUIRED)
        text = LongText().field(
            replace(alone, label=_("Write it here")), typed, wrong, wording, name=f"{name}-text"
        )
        upload = super().field(replace(alone, label=_("Or add a file")), files, (), wording, name=name)
        text.size = upload.size = ""
        upload.asked = wording(question.label)
        return field_of(
            TextOrFileField, question, wide.TEXT_OR_FILE, whole, wording, name, text=text, upload=upload
        )

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return value["text"].split("\n") if value and value["text"] else []


def _typed_and_files(raw: Raw) -> tuple[Raw, list[str]]:
    """What was typed, and the ids of the files: the caller puts both together. A text alone has no files."""
    if isinstance(raw, dict):
        files = raw.get("files")
        return raw.get("text"), files if isinstance(files, list) else []
    return raw, []


def _write_or_add(question: Question) -> str:
    return _("Write an answer to “%(question)s”, or add a file") % {"question": question.label}
