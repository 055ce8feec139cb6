"""Fill a scratch site: `python -m benchmarks.prepare portal` or `floors`. The seats are kept in its folder."""

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
    """The demo's content, and people half-way through its form."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    seats.keep("portal", [_half_way(number) for number in range(seats.COUNT)])


def _half_way(number: int) -> Seat:
    from django.utils import timezone
    from django_otp import DEVICE_ID_SESSION_KEY

    from accounts import session_life
    from accounts.models import EmailCode, User
    from benchmarks.sessions import new_session
    from core.dates import today
    from forms_engine.models import Assignment, FormDefinition, StepAnswers
    from forms_engine.start import start

    person = User.objects.create(email=f"bo{number}@example.org", first_name="Bo", last_name="Parent")
    device = EmailCode.objects.create(user=person, name="email")
    asked = Assignment.objects.create(
        form=FormDefinition.objects.get(slug="parental-preference-form"),
        addressee=person,
        about_name="Ada",
        due=today() + timedelta(days=6),
    )
    draft = start(asked, timezone.now())
    StepAnswers.objects.bulk_create(
        StepAnswers(party=draft.parties.get(), step=step, answers=typed)
        for step, typed in TYPED_BEFORE.items()
    )
    session = new_session(person, "accounts.backends.EmailBackend")
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session_life.begin(session, person)
    session.save()
    return Seat(session.session_key, str(draft.pk))


def floors() -> None:
    """A table of notes, and people who are signed in."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from benchmarks.sessions import new_session

    call_command("migrate", "--run-syncdb", verbosity=0)
    made = []
    for number in range(seats.COUNT):
        user = get_user_model().objects.create(username=f"bench{number}")
        session = new_session(user, "django.contrib.auth.backends.ModelBackend")
        session.save()
        made.append(Seat(session.session_key))
    seats.keep("floors", made)


def main() -> None:
    import django

    site = sys.argv[1]
    if site == "floors":
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floors.settings"
    django.setup()
    {"portal": portal, "floors": floors}[site]()
    print("{}")


if __name__ == "__main__":
    main()
