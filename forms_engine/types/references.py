"""Questions that are answered with a reference: a number by which a person, a child or a case is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk.fields import Field
from core.registry import Registry
from forms_engine.registries import reference_shapes
from forms_engine.rules.identifiers import (
    MOST,
    Shape,
    Wrong,
    is_chi_number,
    is_nhs_number,
    is_ni_number,
    is_upn,
    of_pattern,
)
from forms_engine.spec import Question
from forms_engine.types.addresses import is_uk_postcode, tidy_postcode
from forms_engine.types.base import Cleaned, Error, Group, Raw, Wording, invalid, tidy_line
from forms_engine.types.config import Setting, browser_fills, line, reference_pattern, registered
from forms_engine.types.texts import ShortText

NHS_NUMBER = Shape(gettext_lazy("NHS number"), "999 999 9999", "999 000 0018", is_nhs_number)
UPN = Shape(gettext_lazy("Unique pupil number (UPN)"), "A99999999999X", "F999999999999", is_upn)


def register_shapes(registry: Registry[Shape]) -> None:
    """Those of the four nations."""
    shapes = {
        "nhs-number": NHS_NUMBER,
        "chi-number": Shape(
            gettext_lazy("CHI number (Scotland)"), "999999 9999", "010190 0007", is_chi_number
        ),
        "upn": UPN,
        "scn": Shape(gettext_lazy("Scottish Candidate Number"), "999999999", "123456789"),
        "ni-number": Shape(
            gettext_lazy("National Insurance number"), "AA 99 99 99 A", "QQ 12 34 56 C", is_ni_number
        ),
    }
    for name, shape in shapes.items():
        registry.register(name, shape)


class Reference(ShortText):
    """A reference written in one way: one that an app has registered, or one that the editor describes.

    The value is what stands in the pattern, without its spaces.
    """

    name = "reference"
    label = gettext_lazy("Reference number")
    icon = "key"
    group = Group.PEOPLE
    personal = True
    length = MOST
    attributes: ClassVar[Mapping[str, Any]] = {"spellcheck": False}
    config_keys: ClassVar[Mapping[str, Setting]] = {
        "shape": registered(reference_shapes, gettext_lazy("Which reference"), in_sight=True),
        "pattern": reference_pattern(
            gettext_lazy("Another one, written like this"),
            gettext_lazy("A for any letter, 9 for any number, X for either, such as AA-9999."),
        ),
        "example": line(
            gettext_lazy("Example"), gettext_lazy("Made up from the pattern unless you say otherwise.")
        ),
    }

    def shape(self, question: Question) -> Shape | None:
        """How an answer is written; None where nothing is known of it."""
        config = question.config
        if (name := config.get("shape", "")) in reference_shapes:
            return reference_shapes.get(name)
        return of_pattern(config["pattern"], config.get("example", "")) if config.get("pattern") else None

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        shape = self.shape(question)
        text = tidy_line(raw)
        if shape is None or not text:
            return super().clean(question, raw, today)
        found = shape.read(text)
        if isinstance(found, str):
            return Cleaned(found)
        words = {"question": question.label, "example": shape.example}
        if found is Wrong.CHECK:
            message = _("Check your answer to “%(question)s”: one of its letters or numbers is not right")
        else:
            message = _("Your answer to “%(question)s” must look like this: %(example)s")
        return invalid(("", message % words))

    def field(
        self, question: Question, raw: Raw, errors: tuple[Error, ...], wording: Wording, *, name: str
    ) -> Field:
        field = super().field(question, raw, errors, wording, name=name)
        if shape := self.shape(question):
            field.hint = field.hint or _("For example, %(example)s") % {"example": shape.example}
            field.inputmode = "numeric" if shape.is_figures else ""
            field.width = 10 if len(shape.pattern) <= 10 else 20
        return field

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        shape = self.shape(question)
        return [shape.show(value) if shape else value] if value else []


class NhsNumber(Reference):
    """Ten figures, the last of which checks the others."""

    name = "nhs_number"
    label = NHS_NUMBER.label
    icon = "plus-inverse"
    config_keys: ClassVar[Mapping[str, Setting]] = {}

    def shape(self, question: Question) -> Shape:
        return NHS_NUMBER


class Upn(Reference):
    """The number of a pupil in England and Wales: a letter that checks the twelve characters behind it."""

    name = "upn"
    label = UPN.label
    icon = "group"
    config_keys: ClassVar[Mapping[str, Setting]] = {}

    def shape(self, question: Question) -> Shape:
        return UPN


class Postcode(ShortText):
    """A postcode of the UK, shown with its space: "MB1 4QT"."""

    name = "postcode"
    label = gettext_lazy("Postcode")
    icon = "site"
    group = Group.PEOPLE
    personal = True
    length = 20
    attributes: ClassVar[Mapping[str, Any]] = {
        "width": 10,
        "autocomplete": "postal-code",
        "spellcheck": False,
    }
    config_keys: ClassVar[Mapping[str, Setting]] = {"autocomplete": browser_fills()}

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        cleaned = super().clean(question, raw, today)
        return cleaned if cleaned.value is None else Cleaned(tidy_postcode(cleaned.value))

    def problem(self, text: str) -> str:
        return "" if is_uk_postcode(text) else _("Enter a full UK postcode, such as AA3 1AB")
