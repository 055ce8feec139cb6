"""Fill a scratch site: `python -m benchmarks.prepare portal`, `floors` or `peers`. The seats are kept in its folder."""

import logging
import os
import sys
from datetime import timedelta
from typing import Any

from benchmarks import seats
from benchmarks.seats import Seat

# The pages before the one that is measured, as somebody half-way has them.
TYPED_BEFORE: dict[str, dict[str, Any]] = {
    "about-you": {"you-name": "Bo Parent", "you-role": "role-parent", "you-responsibility": "yes"},
    "reach-you": {
        "you-email": "bo.parent@example.org",
        "you-phone": "01632 960 123",
        "you-best": "best-email",
    },
    "about-child": {"child-name": "Ada Parent", "child-school": "Oakfield Primary School"},
    "draft-plan-seen": {"draft-seen": "yes"},
    "ways": {},
    "next-steps": {},
    "travel-guide": {},
    "home-guide": {},
    "what-you-want": {"want": "want-stay"},
    "travel": {"travel-now": "travel-walk"},
}


def portal() -> None:
    """The demo's content, people half-way through its form and through long ones, and an editor."""
    from django.core.management import call_command

    from accounts.models import User
    from benchmarks.long_forms import answers, long_form
    from benchmarks.scenarios.long import PLACES
    from tests.forms_engine.editing import published

    call_command("migrate", verbosity=0)
    call_command("demo", stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    seats.keep("portal", [_half_way("parental-preference-form", TYPED_BEFORE) for _ in range(seats.COUNT)])
    for pages, number in PLACES:
        form = published(long_form(pages))
        before = {f"s{earlier}": answers(earlier) for earlier in range(1, number)}
        seats.keep(f"long-{pages}-{number}", [_half_way(form.slug, before)])
    seats.keep("editor", [Seat(_signed_in(User.objects.get(email="erin.editor@example.org")))])


def _signed_in(person: Any) -> str:
    """The key of a session in which `person` has come through both steps."""
    from django_otp import DEVICE_ID_SESSION_KEY

    from accounts import session_life
    from accounts.models import EmailCode
    from benchmarks.sessions import new_session

    device, _made = EmailCode.objects.get_or_create(user=person, defaults={"name": "email"})
    session = new_session(person, "accounts.backends.EmailBackend")
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session_life.begin(session, person)
    session.save()
    return str(session.session_key)


def _half_way(slug: str, typed_before: dict[str, dict[str, Any]]) -> Seat:
    from django.utils import timezone

    from accounts.models import User
    from core.dates import today
    from forms_engine.models import Assignment, FormDefinition, StepAnswers
    from forms_engine.start import start

    email = f"bo{User.objects.count()}@example.org"
    person = User.objects.create(email=email, first_name="Bo", last_name="Parent")
    asked = Assignment.objects.create(
        form=FormDefinition.objects.get(slug=slug),
        addressee=person,
        about_name="Ada",
        due=today() + timedelta(days=6),
    )
    draft = start(asked, timezone.now())
    StepAnswers.objects.bulk_create(
        StepAnswers(party=draft.parties.get(), step=step, answers=typed)
        for step, typed in typed_before.items()
    )
    return Seat(_signed_in(person), str(draft.pk))


def floors() -> None:
    """A table of notes, and people who are signed in."""
    from django.core.management import call_command

    call_command("migrate", "--run-syncdb", verbosity=0)
    seats.keep("floors", [_bare_person(number) for number in range(seats.COUNT)])


def _bare_person(number: int) -> Seat:
    from django.contrib.auth import get_user_model

    from benchmarks.sessions import new_session

    user = get_user_model().objects.create(username=f"bench{number}")
    session = new_session(user, "django.contrib.auth.backends.ModelBackend")
    session.save()
    return Seat(session.session_key)


def peers() -> None:
    """A form page of Wagtail's with six questions, and a person who is signed in."""
    from django.core.management import call_command
    from wagtail.models import Site

    from benchmarks.peers.models import PeerField, PeerFormPage

    call_command("migrate", verbosity=0)
    site = Site.objects.select_related("root_page").get()
    page = site.root_page.add_child(instance=PeerFormPage(title="A form", slug="form"))
    kinds = ("singleline", "multiline", "email", "radio", "checkboxes", "multiline")
    for number, kind in enumerate(kinds):
        label = "What is missing?" if number == 1 else f"Question {number}"
        page.form_fields.add(
            PeerField(label=label, field_type=kind, choices="one,two,three", sort_order=number)
        )
    page.save_revision().publish()
    seats.keep("peers", [_bare_person(0)])


def main() -> None:
    import django

    logging.disable(logging.INFO)
    site = sys.argv[1]
    if site != "portal":
        os.environ["DJANGO_SETTINGS_MODULE"] = f"benchmarks.{site}.settings"
    django.setup()
    {"portal": portal, "floors": floors, "peers": peers}[site]()
    print("{}")


if __name__ == "__main__":
    main()
