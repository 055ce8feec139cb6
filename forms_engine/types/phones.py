"""Questions that are answered with a phone number."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_engine.spec import Question
from forms_engine.types.base import Cleaned, Group, Raw, Wording, invalid
from forms_engine.types.config import Setting, browser_fills
from forms_engine.types.texts import ShortText

# Whose numbers may be typed without a country code.
REGION = "GB"
_SIGNS = re.compile(r"\+?[0-9 ()./-]+")
_EXTENSION = re.compile(r" ?(?:extension|ext|x)\.? ?[0-9]{1,6}$", re.IGNORECASE)


class Phone(ShortText):
    """A phone number, from the UK or elsewhere. The value is E.164, with an extension behind it: "+441632960001".

    A number of the right length is taken though the library knows of no such exchange: numbering plans change,
    and no form may stop somebody because of that.
    """

    name = "phone"
    label = gettext_lazy("Phone number")
    also = gettext_lazy("telephone, mobile")
    icon = "mobile-alt"
    group = Group.PEOPLE
    personal = True
    length = 40
    attributes: ClassVar[Mapping[str, Any]] = {
        "input_type": "tel",
        "autocomplete": "tel",
        "width": 20,
        "spellcheck": False,
    }
    config_keys: ClassVar[Mapping[str, Setting]] = {"autocomplete": browser_fills()}

    def clean(self, question: Question, raw: Raw, today: date | None = None) -> Cleaned:
        typed = super().clean(question, raw, today)
        if typed.value is None:
            return typed
        number = international(typed.value)
        if not number:
            message = _("Enter a phone number, such as 01632 960 001, 07700 900 982 or +44 808 157 0192")
            return invalid(("", message))
        return Cleaned(number)

    def nodes(self, question: Question, value: Any, wording: Wording) -> list[str]:
        return [as_dialled(value)] if value else []


def international(text: str) -> str:
    """ "01632 960 001 ext 12" as "+441632960001 x12"; "" for what is no phone number."""
    # Its tables take a twentieth of a second to load: where the first number comes, not at each start.
    import phonenumbers

    number = unicodedata.normalize("NFKC", text)
    if not _SIGNS.fullmatch(_EXTENSION.sub("", number)):
        return ""
    try:
        found = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(found) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    plain = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain} x{found.extension}" if found.extension else plain


def as_dialled(value: str) -> str:
    """A number as people here dial it: "01632 960001", and "+49 30 901820" for one from abroad."""
    import phonenumbers

    try:
        found = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return value
    at_home = found.country_code == phonenumbers.country_code_for_region(REGION)
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(found, formats.NATIONAL if at_home else formats.INTERNATIONAL)
