"""What the page "Your account" says that we hold of somebody, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import may_enter_admin
from accounts.life import letters
from accounts.life.forms import OWN
from accounts.models import PersonalDetails, User, bounces
from forms_engine.types.phones import as_dialled


@dataclass(frozen=True)
class Row:
    """`said`: a text a line. `action` and `what` are the words of its link, the second for screen readers."""

    name: str
    said: list[str]
    url: str
    action: str
    what: str


def rows(person: User) -> Iterator[Row]:
    """What of it she has, in order. Three queries."""
    details = getattr(person, "details", None) or PersonalDetails()
    said = {
        "name": (_("Name"), [person.full_name], _("your name")),
        "phone": (
            _("Phone number"),
            [as_dialled(details.phone)] if details.phone else [],
            _("your phone number"),
        ),
        "address": (_("Address"), details.address_lines, _("your address")),
        "language": (
            _("Language"),
            [str(dict(settings.LANGUAGES).get(person.language, ""))],
            _("your language"),
        ),
        "emails": (_("Emails"), [_wanted(person)], _("which emails you get")),
    }
    for name, (title, lines, what) in said.items():
        if OWN[name].is_for(person):
            yield _row(title, lines, reverse("accounts:change", args=[name]), what)
        if name == "name":
            lines = [person.email]
            if bounces.since([person.pk]):
                lines.append(_("Our emails to this address come back. Change it, or call us"))
            yield _row(_("Email address"), lines, reverse("accounts:new_email"), _("your email address"))
    yield _row(
        _("Password"), [_("We never show it")], reverse("accounts:change_password"), _("your password")
    )
    yield Row(
        _("Signed in on"),
        [_("See where, and sign out there")],
        reverse("accounts:sessions"),
        _("See"),
        _("where you are signed in"),
    )
    yield Row(
        _("People at the council"),
        [_("See when they looked at your account, and why")],
        reverse("accounts:council"),
        _("See"),
        _("what people at the council did with your account"),
    )
    if settings.OUTSIDE_PROVIDERS:
        yield Row(
            _("Other ways to sign in"),
            [_("In place of your password")],
            reverse("accounts:outside"),
            _("See"),
            _("other ways to sign in"),
        )
    yield Row(
        _("Other services"),
        [_("That you open with this account")],
        reverse("accounts:services"),
        _("See"),
        _("services"),
    )
    if may_enter_admin(person):
        title = _("App, passkeys, recovery codes")
        yield _row(
            title, [_("Safer than a code by email")], reverse("accounts:security"), _("how you sign in")
        )


def _row(name: str, said: list[str], url: str, what: str) -> Row:
    return Row(name, said or [_("Not given")], url, _("Change"), what)


def _wanted(person: User) -> str:
    names = [str(letters.optional_letters.get(name).label) for name in letters.wanted(person)]
    return ", ".join(names) or _("Only those that we have to send")
