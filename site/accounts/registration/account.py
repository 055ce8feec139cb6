"""The account itself, made when the mailbox is proved, of what was typed on the way."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.identity import checking
from accounts.models import EmailCode, PendingRegistration, PersonalDetails, User
from accounts.outside.claims import Told
from core import audit, outbox
from forms_engine import guests, plugins
from forms_engine.drafts import Filling
from forms_engine.models import Submission
from forms_engine.registries import Raw
from forms_engine.spec import Step

# The form that people fill in, by its short name.
SLUG = "register"
HANDLER = "accounts.registration"
# The page that it is sent from.
MAILBOX_CODE = "accounts.mailbox-code"
# The ids of its questions that go into `PersonalDetails` under names of their own.
_DETAILS = {
    "phone": "phone",
    "organisation": "organisation",
    "job-title": "job_title",
    "property-name": "property_name",
    "house": "house",
    "street": "street",
    "area": "area",
    "town": "town",
    "postcode": "postcode",
}


# ... and of those that the account itself has.
_NAMES = {"first-name": "first_name", "last-name": "last_name"}
_BORN = "date-of-birth"


class TakenError(Exception):
    """Meanwhile the address has got an account."""


class RegistrationHandler:
    """What becomes of the form: the details of the account that was made with it."""

    takes_unasked = False
    # There the account is made. Whoever sends another form has one.
    sent_from = MAILBOX_CODE
    letter = ""  # the welcome says it
    label = _("It makes an account for whoever fills it in")

    def ready(self) -> Q:
        return Q()

    def on_submitted(self, submission: Submission) -> None:
        values = submission.content.values
        said = {field: values.get(question, "") for question, field in _DETAILS.items()}
        born = _day(values.get(_BORN))
        person_id = cast(UUID, submission.submitted_by_id)
        PersonalDetails.objects.create(user_id=person_id, date_of_birth=born, **said)

    def deliver(self, submission: Submission, key: UUID) -> None:
        """Ask the register of people, where there is one. Asking again changes nothing."""
        checking.check(cast(UUID, submission.submitted_by_id))


def newcomer(values: Mapping[str, Any]) -> User:
    """Somebody as she has described herself so far, not saved."""
    return User(
        first_name=values.get("first-name", ""),
        last_name=values.get("last-name", ""),
        is_professional=values.get("professional") == "yes",
        language=get_language() or User._meta.get_field("language").get_default(),
    )


def said_by(told: Told) -> dict[str, Raw]:
    """What somebody else says of a newcomer, by the questions of the form, each as it is typed."""
    fields = _NAMES | {question: field for question, field in _DETAILS.items() if hasattr(told, field)}
    said: dict[str, Raw] = {question: getattr(told, field) for question, field in fields.items()}
    if born := _day(told.date_of_birth):
        said[_BORN] = {"day": str(born.day), "month": str(born.month), "year": str(born.year)}
    return said


def make(filling: Filling, step: Step, pending: PendingRegistration, now: dt.datetime) -> User:
    """The account, with its details and the form sent as hers. Whole, or not at all. Raises TakenError.

    Also what `forms_engine.submit.submit` raises.
    """
    with transaction.atomic():
        person = newcomer(filling.journey.values)
        person.email, person.password = pending.email, pending.password
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError as error:
            raise TakenError from error
        EmailCode.objects.create(user=person, name="email")
        if not guests.give(filling.party, person, now):
            raise TakenError
        plugins.send(filling, step, now)
        pending.delete()
        audit.record("account.registered", actor=person, obj=person)
        outbox.put("email_person", {"person": str(person.pk), "template": "welcome"})
    return person


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
