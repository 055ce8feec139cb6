"""People of the tests' own in a portal: it runs `make` itself, by `manage.py shell`."""

from accounts.models import User
from tests.browser.accounts.somebody import POSTCODE
from tests.factories import PersonalDetailsFactory, UserFactory


def make(count: int) -> None:
    """So many parents ("kim0@example.org", "kim1@...") caseworkers ("casey0") and administrators ("ash0")."""
    # Hashed once: it is the same of all.
    password = User.objects.get(email_key="sam.parent@example.org").password
    for number in range(count):
        _make("Kim", number, password)
        _make("Casey", number, password, caseworker=True)
        _make("Ash", number, password, administrator=True)


def _make(name: str, number: int, password: str, **standing: bool) -> None:
    email = f"{name.lower()}{number}@example.org"
    person = UserFactory(first_name=name, last_name="Reader", email=email, password=password, **standing)
    if not standing:
        PersonalDetailsFactory(user=person, postcode=POSTCODE)
