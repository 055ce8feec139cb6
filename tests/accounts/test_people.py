"""A person is known by her email address, in whatever spelling."""

import string

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User, email_key
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
