"""One-time passwords as a row: single use, expiry, bound to a person and a purpose (A7)."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import ONE_TIME_TRIES, Issued, OneTimePassword, User
from accounts.models.one_time import plain, tidy
from core.references import ALPHABET
from tests.factories import UserFactory

pytestmark = pytest.mark.capability("A7")
Purpose = OneTimePassword.Purpose
LETTERS = st.text(ALPHABET, min_size=12, max_size=12)
PEOPLE = st.sampled_from([uuid.UUID(int=1), uuid.UUID(int=2)])


def row(person: uuid.UUID, purpose: str, password: str) -> OneTimePassword:
    made = OneTimePassword(user_id=person, purpose=purpose)
    made.digest = made._digest_of(password)
    return made


@given(
    PEOPLE, st.sampled_from(Purpose), LETTERS, st.lists(st.sampled_from(" -\u00a0\u2011\t\u200b"), max_size=6)
)
def test_it_is_read_whatever_stands_between_its_letters(
    person: uuid.UUID, purpose: str, password: str, between: list[str]
) -> None:
    typed = password[:4] + "".join(between) + password[4:].lower() + "".join(between)
    assert plain(typed) == password
    assert row(person, purpose, password).is_typed_as(typed)


@given(PEOPLE, LETTERS, st.text(max_size=30) | LETTERS)
def test_nothing_else_is_it(person: uuid.UUID, password: str, typed: str) -> None:
    assert row(person, Purpose.PASSWORD, password).is_typed_as(typed) == (plain(typed) == password)


@given(PEOPLE, PEOPLE, LETTERS, st.sampled_from(Purpose), st.sampled_from(Purpose))
def test_it_is_bound_to_its_person_and_its_purpose(
    one: uuid.UUID, other: uuid.UUID, password: str, first: str, second: str
) -> None:
    hers = row(one, first, password)
    moved = OneTimePassword(user_id=other, purpose=second, digest=hers.digest)
    assert moved.is_typed_as(password) == ((one, first) == (other, second))


@pytest.mark.django_db
def test_nothing_that_is_in_the_letter_is_kept(sam_parent: User) -> None:
    made, issued = OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    kept = str(OneTimePassword.objects.values().get(pk=made.pk))
    assert plain(issued.password) not in plain(kept)
    assert issued.token not in kept
    assert len(issued.token) >= 43, "256 bits"


@pytest.mark.django_db
def test_each_person_has_one_for_each_purpose(sam_parent: User, alex_parent: User) -> None:
    first, _issued = OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    newer, _issued = OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    OneTimePassword.issue(sam_parent, Purpose.MAILBOX, "new@example.org")
    OneTimePassword.issue(alex_parent, Purpose.PASSWORD, alex_parent.email)
    assert first.pk == newer.pk
    assert OneTimePassword.objects.count() == 3


@pytest.mark.django_db
def test_the_link_of_one_purpose_opens_no_other(sam_parent: User) -> None:
    _made, issued = OneTimePassword.issue(sam_parent, Purpose.MAILBOX, "new@example.org")
    by_link = OneTimePassword.objects.by_link
    assert by_link(Purpose.PASSWORD, issued.token) is None
    assert by_link(Purpose.MAILBOX, issued.token) is not None


class Model:
    """What one person's one-time password ought to do, in a few lines."""

    def __init__(self) -> None:
        self.issued: Issued | None = None
        self.minutes = self.wrong = 0

    @property
    def lives(self) -> bool:
        return self.issued is not None and self.minutes < 30


STEPS = st.lists(
    st.sampled_from(["issue", "type right", "type wrong", "type as another", "open the link", "use", "wait"]),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_tried_in_whatever_order(sam_parent: User, steps: list[str]) -> None:
    OneTimePassword.objects.all().delete()
    model, start, objects = Model(), timezone.now(), OneTimePassword.objects
    for step in steps:
        with time_machine.travel(start + timedelta(minutes=model.minutes), tick=False):
            password, token = (model.issued.password, model.issued.token) if model.issued else ("x", "x")
            can_be_typed = model.lives and model.wrong < ONE_TIME_TRIES
            if step == "issue":
                _row, model.issued = OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
                start, model.minutes, model.wrong = timezone.now(), 0, 0
            elif step == "type right":
                found = objects.by_typing(Purpose.PASSWORD, sam_parent.email.upper(), password)
                assert bool(found) == can_be_typed
            elif step == "type wrong":
                assert objects.by_typing(Purpose.PASSWORD, sam_parent.email, "wrong") is None
                model.wrong += can_be_typed
            elif step == "type as another":
                assert objects.by_typing(Purpose.PASSWORD, "other@example.org", password) is None
            elif step == "open the link":
                assert bool(objects.by_link(Purpose.PASSWORD, token)) == model.lives
            elif step == "use":
                found = objects.filter(user=sam_parent).first()
                assert bool(found and found.use_up()) == model.lives
                model.issued = None if model.lives else model.issued
            else:
                model.minutes += 16


@pytest.mark.django_db
def test_an_address_that_none_was_sent_to_asks_as_much_of_the_database(sam_parent: User) -> None:
    OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    seen = []
    for email in (sam_parent.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            OneTimePassword.objects.by_typing(Purpose.PASSWORD, email, "2222-3333-4444")
        seen.append([query["sql"].split()[0] for query in queries])
    assert seen[0] == seen[1]


@pytest.mark.django_db
def test_what_is_too_old_is_deleted_at_night(sam_parent: User, alex_parent: User) -> None:
    OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    OneTimePassword.issue(alex_parent, Purpose.MAILBOX, "new@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert tidy() == 1
    assert OneTimePassword.objects.get().purpose == Purpose.MAILBOX


@pytest.mark.django_db
def test_of_two_that_use_it_at_once_one_does(sam_parent: User) -> None:
    made, _issued = OneTimePassword.issue(sam_parent, Purpose.PASSWORD, sam_parent.email)
    both = [OneTimePassword.objects.get(pk=made.pk) for _window in range(2)]
    assert [one.use_up() for one in both] == [True, False]


@pytest.mark.django_db
def test_one_that_was_stopped_by_a_newer_one_uses_nothing_up() -> None:
    person = UserFactory()
    old, _issued = OneTimePassword.issue(person, Purpose.PASSWORD, "a@example.org")
    OneTimePassword.issue(person, Purpose.PASSWORD, "a@example.org")
    assert not old.use_up()
    assert OneTimePassword.objects.count() == 1
