"""A person is known by her email address, in whatever spelling."""

import string
from collections.abc import Callable

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import roles
from accounts.models import User, email_key
from core.models import AuditEntry
from tests.factories import PASSWORD, UserFactory


@given(st.text(alphabet=string.printable, max_size=60))
def test_capitals_and_spaces_around_it_make_no_other_address(typed: str) -> None:
    assert email_key(f" {typed.upper()}\n") == email_key(typed)


@pytest.mark.parametrize("typed", ["Sam@Example.ORG", " sam@example.org\n", "\uff53am@example.org"])
def test_spellings_of_one_address_are_one(typed: str) -> None:
    assert email_key(typed) == "sam@example.org"


@pytest.mark.django_db
def test_two_accounts_cannot_share_an_address() -> None:
    UserFactory(email="sam@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="SAM@example.org")


@pytest.mark.django_db
def test_a_changed_address_is_the_one_she_signs_in_with_whatever_else_is_saved() -> None:
    sam = UserFactory(email="sam@example.org")
    sam.email = "Sam.New@example.org"
    sam.save(update_fields=["email"])
    sam.refresh_from_db()
    assert sam.email_key == "sam.new@example.org"


@pytest.mark.django_db
def test_the_address_is_kept_as_it_was_typed() -> None:
    assert UserFactory(email="Sam.O'Neil@Example.org").email == "Sam.O'Neil@Example.org"


@pytest.mark.django_db
def test_an_account_made_by_code_has_a_hashed_password() -> None:
    person = User.objects.create_user("new@example.org", PASSWORD, first_name="New", last_name="Person")
    assert person.check_password(PASSWORD)
    assert PASSWORD not in person.password
    assert (str(person), person.get_full_name(), person.get_short_name()) == (
        "New Person",
        "New Person",
        "New",
    )


def make_administrator(monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    names = {"first_name": "Ari", "last_name": "Admin"}
    call_command("createsuperuser", interactive=False, email=email, verbosity=0, **names)


@pytest.mark.django_db
def test_the_first_administrator_is_made_by_djangos_command_and_is_no_superuser(
    monkeypatch: pytest.MonkeyPatch, signed_in_client: Callable[[User], Client]
) -> None:
    make_administrator(monkeypatch, "Ari@Council.example")
    ari = User.objects.get_by_natural_key("ari@council.EXAMPLE")
    assert ari.check_password(PASSWORD)
    assert [group.name for group in ari.groups.all()] == [roles.ADMINISTRATORS]
    assert not ari.is_superuser
    assert AuditEntry.objects.filter(verb="account.made", object_id=ari.pk).count() == 1
    settings_page = signed_in_client(ari).get("/admin/settings/core/councilsettings/", follow=True)
    assert settings_page.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["not an address", "ARI@council.example"])
def test_an_address_that_is_none_or_is_taken_makes_no_administrator(
    monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    UserFactory(email="ari@council.example")
    with pytest.raises(CommandError):
        make_administrator(monkeypatch, email)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["1", "Fourteen-chars", "123456789123456789", "ari@council.example"])
def test_the_first_administrator_cannot_choose_what_is_soon_guessed(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(email="ari@council.example", first_name="Ari", last_name="Admin"))
