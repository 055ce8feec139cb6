"""What an administrator types while somebody who has lost her mailbox is on the phone."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import may_enter_admin
from accounts.models import PersonalDetails, User, email_key
from accounts.rules.passwords import normal
from core.dates import day_text
from forms_engine.rules import reading


def same_name(one: str, other: str) -> bool:
    """Whether two names are spelt alike, but for capitals and spaces."""
    return normal(one).casefold().split() == normal(other).casefold().split()


class FindForm(forms.Form):
    """One person: by her address, or by name and postcode. Nobody looks through the people."""

    email = forms.EmailField(label=_("Email address"), required=False, max_length=254)
    name = forms.CharField(label=_("Or first and last name"), required=False, max_length=200)
    postcode = forms.CharField(label=_("and postcode"), required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (self.errors or cleaned.get("email") or (cleaned.get("name") and cleaned.get("postcode"))):
            raise ValidationError(_("Enter an email address, or a name and a postcode."))
        return cleaned

    def found(self) -> list[User]:
        """Those with an account whom it may be."""
        data = self.cleaned_data
        people = User.objects.filter(is_active=True).select_related("details")
        if data["email"]:
            return list(people.filter(email_key=email_key(data["email"])))
        last = data["name"].split()[-1]
        named = people.filter(last_name__iendswith=last, details__isnull=False)
        return [
            one
            for one in named
            if same_name(one.full_name, data["name"]) and one.details.lives_at(data["postcode"])
        ]


class HelpForm(forms.Form):
    """What the caller said, beside what we have; and the address that is to be hers."""

    name = forms.CharField(label=_("First and last name, as the caller says it"), max_length=200)
    born = forms.CharField(label=_("Date of birth, as the caller says it"), max_length=40)
    postcode = forms.CharField(label=_("Postcode, as the caller says it"), max_length=20)
    asked = forms.CharField(
        label=_("What else did you ask?"),
        help_text=_("The question, never the answer. It is kept in the audit."),
        required=False,
        max_length=100,
    )
    email = forms.EmailField(label=_("New email address"), max_length=254)
    reason = forms.CharField(
        label=_("Why the old mailbox cannot be used"),
        help_text=_("A few words, with no name and no address in them. They are kept in the audit."),
        max_length=100,
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.details = PersonalDetails.objects.filter(user=person).first()
        for name, held in self._held().items():
            self.fields[name].help_text = _("We have: %(fact)s") % {"fact": held}

    @property
    def hindrance(self) -> str:
        """Why nobody can be helped here with this account, or ""."""
        if may_enter_admin(self.person):
            return str(_("This is an account of council staff. Their line manager asks for a new address."))
        if not (self.details and self.details.date_of_birth and self.details.postcode):
            return str(
                _(
                    "We have no date of birth or no postcode of this person: nobody can tell by phone who calls."
                )
            )
        return ""

    def agreed(self) -> dict[str, bool]:
        """Each fact that was asked for -> whether the caller said it as we have it. The answers are kept nowhere."""
        said, details = self.cleaned_data, self.details or PersonalDetails()
        return {
            "name": same_name(said["name"], self.person.full_name),
            "born": details.date_of_birth == said["born"],
            "postcode": details.lives_at(said["postcode"]),
        }

    def clean_born(self) -> dt.date:
        day = reading.day(self.cleaned_data["born"])
        if day is None:
            raise ValidationError(_("This is not a real date. Write day, month and year, such as 27 3 1988."))
        return day

    def _held(self) -> dict[str, str]:
        born = self.details and self.details.date_of_birth
        return {
            "name": self.person.full_name,
            "born": day_text(born) if born else "–",
            "postcode": (self.details and self.details.postcode) or "–",
        }
