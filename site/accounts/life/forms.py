"""What somebody changes of her own account, a page each."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import name_rules
from accounts.access import may_enter_admin
from accounts.forms import email_box
from accounts.life import letters
from accounts.models import PersonalDetails, User, email_key
from accounts.passwords.forms import password_box
from core.govuk.forms import GovukForm
from forms_engine.types.addresses import is_uk_postcode, tidy_postcode
from forms_engine.types.phones import as_dialled, international


class Line(forms.CharField):
    """One line of text, as it counts: without odd spaces, and without signs that nobody can see."""

    def __init__(self, label: Any, most: int, complete: str, required: Any = "", **kwargs: Any) -> None:
        css = "govuk-!-width-two-thirds"
        too_long = gettext_lazy("Use no more than %(limit_value)s characters")
        super().__init__(
            label=label,
            max_length=most,
            required=bool(required),
            widget=forms.TextInput(attrs={"autocomplete": complete, "spellcheck": "false", "class": css}),
            error_messages={"required": required, "max_length": too_long},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        text = " ".join(str(super().to_python(value)).split())
        name_rules.in_sight(text)
        return text


class NameLine(Line):
    """A name, which emails of ours carry to others."""

    default_validators = [name_rules.no_link]


class OwnForm(GovukForm):
    """A page of "Your account" that changes something of `person`."""

    title: ClassVar[str | Promise]
    # Whether she hears of it by email: it is something by which she is known or reached.
    is_told = True

    def __init__(self, person: User, data: Mapping[str, Any] | None = None) -> None:
        self.person = person
        super().__init__(data, initial=self.held())

    @classmethod
    def is_for(cls, person: User) -> bool:
        """Whether this person has such a thing at all."""
        return True

    def held(self) -> dict[str, Any]:
        """What is held now, by the names of the boxes."""
        raise NotImplementedError

    def save(self) -> list[str]:
        """Keep what was typed, in the caller's transaction. The names of what is other than before, for the audit."""
        raise NotImplementedError


class NameForm(OwnForm):
    title = gettext_lazy("Change your name")
    first_name = NameLine(
        gettext_lazy("First name"), 100, "given-name", gettext_lazy("Enter your first name")
    )
    last_name = NameLine(gettext_lazy("Last name"), 100, "family-name", gettext_lazy("Enter your last name"))

    def held(self) -> dict[str, Any]:
        return {"first_name": self.person.first_name, "last_name": self.person.last_name}

    def save(self) -> list[str]:
        return _save_on(self.person, self.cleaned_data)


class AsksPassword(GovukForm):
    """Her password comes with it: whoever sits down at somebody's open browser does not know it."""

    person: User
    current = password_box(
        gettext_lazy("Your password"), "current-password", gettext_lazy("Enter your password")
    )

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise ValidationError(_("This is not your password. Type it again"), "wrong")
        return current


class _DetailsForm(OwnForm, AsksPassword):
    """Boxes of `PersonalDetails`. Council staff are not asked for any; who has some sees and changes them.

    Somebody who has lost her way in is known again by what stands there (`accounts.recovery`), and called.
    """

    def __init__(self, person: User, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(person, data)
        self.order_fields([*self._kept(), "current"])

    @classmethod
    def is_for(cls, person: User) -> bool:
        return hasattr(person, "details") or not may_enter_admin(person)

    def held(self) -> dict[str, Any]:
        details = PersonalDetails.objects.filter(user=self.person).first() or PersonalDetails()
        return {name: getattr(details, name) for name in self._kept()}

    def save(self) -> list[str]:
        details, _made = PersonalDetails.objects.get_or_create(user=self.person)
        return _save_on(details, {name: self.cleaned_data[name] for name in self._kept()})

    def _kept(self) -> list[str]:
        return [name for name in self.base_fields if name != "current"]


class PhoneForm(_DetailsForm):
    title = gettext_lazy("Change your phone number")
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("So that we can call you about your papers."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "size": 20}),
    )

    def held(self) -> dict[str, Any]:
        phone = super().held()["phone"]
        return {"phone": phone and as_dialled(phone)}

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        number = international(typed)
        if typed and not number:
            raise ValidationError(_("Enter a phone number, such as 01632 960 001 or +44 808 157 0192"))
        return number


class AddressForm(_DetailsForm):
    title = gettext_lazy("Change your address")
    property_name = Line(gettext_lazy("Property name"), 100, "off")
    house = Line(gettext_lazy("House number or flat"), 100, "off")
    street = Line(gettext_lazy("Street"), 100, "address-line1", gettext_lazy("Enter your street"))
    area = Line(gettext_lazy("Area"), 100, "address-line2")
    town = Line(gettext_lazy("Town or city"), 100, "address-level2", gettext_lazy("Enter your town or city"))
    postcode = Line(
        gettext_lazy("Postcode"),
        20,
        "postal-code",
        gettext_lazy("Enter your postcode"),
        help_text=gettext_lazy("We ask for it if you forget your password, to make sure that it is you."),
    )

    def clean_postcode(self) -> str:
        postcode = tidy_postcode(self.cleaned_data["postcode"])
        if not is_uk_postcode(postcode):
            raise ValidationError(_("Enter a full UK postcode, such as MB1 4QT"))
        return postcode


class LanguageForm(OwnForm):
    title = gettext_lazy("Change your language")
    is_told = False
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do you want our forms and emails?"),
        widget=forms.RadioSelect,
        choices=lambda: settings.LANGUAGES,
        error_messages={"required": gettext_lazy("Choose a language")},
    )

    @classmethod
    def is_for(cls, person: User) -> bool:
        return len(settings.LANGUAGES) > 1

    def held(self) -> dict[str, Any]:
        return {"language": self.person.language}

    def save(self) -> list[str]:
        return _save_on(self.person, self.cleaned_data)


class LettersForm(OwnForm):
    title = gettext_lazy("Choose which emails you get")
    is_told = False
    letters = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these emails do you want?"),
        help_text=gettext_lazy("Security codes, and news of what you sent to us, always come."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [
            (name, f"{one.label}. {one.hint}") for name, one in letters.optional_letters.items()
        ],
    )

    def held(self) -> dict[str, Any]:
        return {"letters": letters.wanted(self.person)}

    def save(self) -> list[str]:
        return ["letters"] if letters.choose(self.person, self.cleaned_data["letters"]) else []


class PasswordAgainForm(AsksPassword):
    """Nothing but her password."""

    def __init__(self, person: User, data: Mapping[str, Any] | None = None) -> None:
        self.person = person
        super().__init__(data)


class EmailForm(PasswordAgainForm):
    email = email_box(
        gettext_lazy("New email address"),
        required=gettext_lazy("Enter your new email address"),
        hint=gettext_lazy("You will sign in with it. Choose one that only you read."),
    )
    field_order = ["email", "current"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email_key(email) == self.person.email_key:
            raise ValidationError(_("This is the email address that you have now. Enter a different one"))
        return email


# The last part of a page's address -> what it changes.
OWN: Mapping[str, type[OwnForm]] = {
    "name": NameForm,
    "phone": PhoneForm,
    "address": AddressForm,
    "language": LanguageForm,
    "emails": LettersForm,
}


def _save_on(row: User | PersonalDetails, new: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    if changed:
        row.save(update_fields=changed)
    return changed
