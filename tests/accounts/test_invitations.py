"""Invitations to work here: a link to one mailbox, good once, for one thing, for 14 days (C19)."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import roles
from accounts.models import Invitation, User
from accounts.models.invitations import tidy
from core import outbox
from core.dates import today
from core.models import AuditEntry, OutboxItem
from tests.accounts.conftest import Visitor
from tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.capability("C19")
NEW = "/admin/accounts/invitation/new/"
LIST = "/admin/accounts/invitation/"
EMAIL = "kim.new@example.org"
Open = Callable[[User], Client]


def made(by: User, **more: Any) -> tuple[Invitation, str]:
    """An invitation of `by` that was sent, and the token in its letter."""
    row = Invitation(
        **{"name": "Kim New", "email": EMAIL, "kind": "council", "what": roles.CASEWORKERS, **more}
    )
    row.invited_by = by
    token = row.issue()
    row.save()
    return row, token


def url(row: Invitation, token: str) -> str:
    return reverse("accounts:invitation", args=[row.pk, token])


def sent_link() -> str:
    """The path in the newest invitation that was sent."""
    outbox.sweep()
    body = next(letter.body for letter in reversed(mail.outbox) if "invites you" in letter.body)
    found = re.search(r"https?://[^/]+(/invitation/\S+)", body)
    assert found
    return found[1]


@pytest.fixture
def kim(db: None) -> User:
    """Whoever reads the mailbox that is invited; an account without any role."""
    person: User = UserFactory(first_name="Kim", last_name="New", email="Kim.New@example.org")
    return person


@pytest.fixture
def morgan(signed_in_client: Open, morgan_manager: User) -> Client:
    """The SEND manager's browser."""
    return signed_in_client(morgan_manager)


TOKENS = st.text("abcXYZ019_-", min_size=20, max_size=43)
IDS = st.sampled_from([uuid.UUID(int=1), uuid.UUID(int=2)])
PARTS = st.tuples(
    IDS,
    st.sampled_from(["a@example.org", "b@example.org"]),
    st.sampled_from(["council", "school"]),
    st.sampled_from(["Caseworkers", "Administrators"]),
    IDS,
)


def row_of(parts: tuple[Any, ...]) -> Invitation:
    pk, email, kind, what, place = parts
    return Invitation(pk=pk, email_key=email, kind=kind, what=what, place=place)


@given(PARTS, PARTS, TOKENS, TOKENS)
def test_a_link_fits_its_own_invitation_its_person_and_its_purpose(
    one: tuple[Any, ...], other: tuple[Any, ...], token: str, typed: str
) -> None:
    row, moved = row_of(one), row_of(other)
    row.link_digest = moved.link_digest = row._digest_of(token)
    assert moved.fits(typed) == (one == other and token == typed)


STEPS = st.lists(
    st.sampled_from(
        ["send", "open", "open an old one", "accept as a stranger", "accept", "withdraw", "wait"]
    ),
    max_size=20,
)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_tried_in_whatever_order(morgan_manager: User, kim: User, steps: list[str]) -> None:
    Invitation.objects.all().delete()
    row, token = made(morgan_manager)
    old, start, days, is_open = "x", timezone.now(), 0, True
    for step in steps:
        with time_machine.travel(start + timedelta(days=days), tick=False):
            row.refresh_from_db()
            lives = is_open and timezone.now() < row.valid_until
            if step == "send" and is_open:
                old, token = token, row.issue()
                row.save()
            elif step == "open":
                assert bool(Invitation.objects.by_link(row.pk, token)) == lives
            elif step == "open an old one":
                assert Invitation.objects.by_link(row.pk, old) is None
            elif step == "accept as a stranger":
                assert not row.is_for(morgan_manager)
            elif step == "accept":
                assert row.is_for(kim)
                assert row.use_up(kim) == lives
                is_open = is_open and not lives
            elif step == "withdraw":
                assert row.withdraw() == is_open
                is_open = False
            else:
                days += 5


@pytest.mark.django_db
def test_nothing_that_opens_it_is_kept(morgan_manager: User) -> None:
    row, token = made(morgan_manager)
    assert token not in str(Invitation.objects.values().get(pk=row.pk))
    assert len(token) >= 43, "256 bits"


@pytest.mark.django_db
def test_a_manager_invites_a_caseworker_who_accepts_and_works_in_the_team(
    morgan: Client, morgan_manager: User, kim: User, visitor: Visitor
) -> None:
    north = TeamFactory(name="North")
    said = {"name": "Kim New", "email": EMAIL, "role": roles.CASEWORKERS, "team": north.pk}
    assert morgan.post(NEW, said).status_code == 302
    assert "The link works until" in morgan.get(LIST).content.decode()
    link = sent_link()

    visitor.signs_in(kim)
    assert "Caseworkers, North" in visitor.get(link).content.decode()
    assert visitor.post(link).status_code == 302
    assert set(kim.groups.values_list("name", flat=True)) == {roles.CASEWORKERS}
    assert list(kim.teams.all()) == [north]
    assert visitor.get("/admin/").status_code == 200
    assert AuditEntry.objects.get(verb="invitation.accepted").actor_id == kim.pk
    outbox.sweep()
    assert mail.outbox[-1].to == [morgan_manager.email]
    assert mail.outbox[-1].subject == "Your invitation was accepted"
    assert "Accepted on" in morgan.get(f"{LIST}?state=joined").content.decode()
    kim.refresh_from_db()
    assert kim.use.counted_from == today()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Click https://evil.example", "evil.example", "Kim\n\nPay us at once"])
def test_a_name_leads_nobody_anywhere(morgan: Client, name: str) -> None:
    assert morgan.post(NEW, {"name": name, "email": EMAIL, "role": roles.CASEWORKERS}).status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_names_from_before_are_taken_apart_in_the_letter(morgan: Client, morgan_manager: User) -> None:
    User.objects.filter(pk=morgan_manager.pk).update(last_name="https://evil.example/a")
    north = TeamFactory(name="www.evil.example")
    said = {"name": "Kim New", "email": EMAIL, "role": roles.CASEWORKERS, "team": north.pk}
    morgan.post(NEW, said)
    Invitation.objects.update(name="Go to evil.example")
    sent_link()
    body = str(mail.outbox[-1].body)
    assert "evil. example" in body
    assert not re.search(r"evil\.example|://evil|www\.\S", body)


@pytest.mark.django_db
def test_to_open_the_link_changes_nothing_however_often(
    morgan_manager: User, kim: User, visitor: Visitor
) -> None:
    row, token = made(morgan_manager)
    before = Invitation.objects.values().get(pk=row.pk)
    for _look in range(3):
        assert visitor.get(url(row, token)).status_code == 200
    visitor.signs_in(kim)
    assert visitor.get(url(row, token)).status_code == 200
    assert Invitation.objects.values().get(pk=row.pk) == before
    assert not kim.groups.exists()


@pytest.mark.django_db
def test_it_works_once(morgan_manager: User, kim: User, visitor: Visitor) -> None:
    row, token = made(morgan_manager)
    visitor.signs_in(kim)
    assert visitor.post(url(row, token)).status_code == 302
    kim.groups.clear()
    assert visitor.post(url(row, token)).status_code == 410
    assert not kim.groups.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 410)])
def test_it_works_for_fourteen_days(morgan_manager: User, visitor: Visitor, days: int, status: int) -> None:
    row, token = made(morgan_manager)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert visitor.get(url(row, token)).status_code == status


@pytest.mark.django_db
def test_only_the_address_that_it_went_to_accepts_it(
    morgan_manager: User, noor_stranger: User, visitor: Visitor
) -> None:
    row, token = made(morgan_manager)
    visitor.signs_in(noor_stranger)
    said = visitor.post(url(row, token)).content.decode()
    assert "only that address can accept it" in said
    assert EMAIL not in said
    assert not noor_stranger.groups.exists()


@pytest.mark.django_db
def test_sent_again_the_earlier_link_is_dead(morgan: Client, morgan_manager: User, visitor: Visitor) -> None:
    row, token = made(morgan_manager)
    assert morgan.post(reverse("invitation_again", args=[row.pk])).status_code == 302
    assert visitor.get(url(row, token)).status_code == 410
    assert visitor.get(sent_link()).status_code == 200
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_who_is_invited_twice_to_the_same_has_one_invitation(morgan: Client, visitor: Visitor) -> None:
    said = {"name": "Kim New", "email": EMAIL, "role": roles.CASEWORKERS}
    morgan.post(NEW, said)
    first = sent_link()
    morgan.post(NEW, said | {"email": EMAIL.upper()})
    assert Invitation.objects.count() == 1
    assert visitor.get(first).status_code == 410


@pytest.mark.django_db
def test_withdrawn_it_opens_nothing_and_is_not_sent(
    morgan: Client, morgan_manager: User, visitor: Visitor
) -> None:
    said = {"name": "Kim New", "email": EMAIL, "role": roles.CASEWORKERS}
    morgan.post(NEW, said)
    row = Invitation.objects.get()
    morgan.post(reverse("invitation_withdraw", args=[row.pk]))
    outbox.sweep()
    assert mail.outbox == []
    assert AuditEntry.objects.filter(verb="invitation.withdrawn", object_id=row.pk).exists()
    morgan.post(reverse("invitation_again", args=[row.pk]))
    assert Invitation.objects.usable().count() == 0


@pytest.mark.django_db
def test_it_is_over_when_who_sent_it_may_not_invite_any_more(
    morgan_manager: User, kim: User, visitor: Visitor
) -> None:
    row, token = made(morgan_manager)
    visitor.signs_in(kim)
    morgan_manager.groups.clear()
    assert visitor.post(url(row, token)).status_code == 410
    assert not kim.groups.exists()


@pytest.mark.parametrize(
    ("what", "more"), [("take-role", {"role": roles.CASEWORKERS}), ("left", {})], ids=["the role", "all"]
)
def test_what_was_taken_away_does_not_come_back_by_an_older_invitation(
    morgan: Client, morgan_manager: User, kim: User, visitor: Visitor, what: str, more: dict[str, str]
) -> None:
    kim.groups.add(roles.group(roles.CASEWORKERS))
    row, token = made(morgan_manager)
    page = reverse("person_change", args=[kim.pk, what])

    assert morgan.post(page, {"reason": "She does not work with us.", **more}).status_code == 302

    row.refresh_from_db()
    assert row.withdrawn_at
    assert AuditEntry.objects.filter(verb="invitation.withdrawn", object_id=row.pk).exists()
    User.objects.filter(pk=kim.pk).update(is_active=True)
    visitor.signs_in(kim)
    visitor.post(url(row, token))
    assert not kim.groups.exists()


def test_an_invitation_to_something_else_stays_open(morgan: Client, admin: User, kim: User) -> None:
    kim.groups.add(roles.group(roles.CASEWORKERS))
    row, _token = made(admin, what=roles.EDITORS)
    page = reverse("person_change", args=[kim.pk, "take-role"])

    morgan.post(page, {"reason": "She writes forms now.", "role": roles.CASEWORKERS})

    assert Invitation.objects.open().get() == row


@pytest.mark.django_db
@pytest.mark.parametrize("role", [roles.MANAGERS, roles.ADMINISTRATORS, roles.EDITORS])
def test_a_manager_invites_nobody_to_more_than_she_gives(morgan: Client, role: str) -> None:
    assert morgan.post(NEW, {"name": "Kim", "email": EMAIL, "role": role}).status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_a_row_that_was_changed_is_opened_by_no_link(morgan_manager: User, visitor: Visitor) -> None:
    row, token = made(morgan_manager)
    Invitation.objects.filter(pk=row.pk).update(what=roles.ADMINISTRATORS)
    assert visitor.get(url(row, token)).status_code == 410


@pytest.mark.django_db
def test_nobody_invites_herself(morgan: Client, morgan_manager: User) -> None:
    said = {"name": "Me", "email": morgan_manager.email.upper(), "role": roles.CASEWORKERS}
    assert "Nobody invites herself" in morgan.post(NEW, said).content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_nor_accepts_what_she_sent_to_an_address_that_became_hers(
    morgan_manager: User, visitor: Visitor
) -> None:
    row, token = made(morgan_manager)
    morgan_manager.email = EMAIL
    morgan_manager.save()
    visitor.signs_in(morgan_manager)
    assert visitor.post(url(row, token)).status_code == 410
    assert Invitation.objects.usable().count() == 1


@pytest.mark.django_db
def test_a_team_is_for_those_who_see_cases(signed_in_client: Open, admin: User) -> None:
    team = TeamFactory(name="North")
    said = {"name": "Kim", "email": EMAIL, "role": roles.EDITORS, "team": team.pk}
    assert "Only caseworkers" in signed_in_client(admin).post(NEW, said).content.decode()


@pytest.mark.django_db
def test_a_manager_sees_her_own_and_administrators_all(
    morgan: Client, admin: User, morgan_manager: User, signed_in_client: Open
) -> None:
    row, _token = made(admin, what=roles.EDITORS)
    made(morgan_manager, name="Lou Next", email="lou@example.org")
    assert "Kim New" not in morgan.get(LIST).content.decode()
    assert morgan.post(reverse("invitation_withdraw", args=[row.pk])).status_code == 404
    said = signed_in_client(admin).get(LIST).content.decode()
    assert "Kim New" in said
    assert "Lou Next" in said


@pytest.mark.django_db
def test_nobody_writes_to_the_whole_world(morgan: Client) -> None:
    said = {"name": "Kim", "email": EMAIL, "role": roles.CASEWORKERS}
    for _time in range(6):
        last = morgan.post(NEW, said)
    assert "as many invitations as a day allows" in last.content.decode()
    assert OutboxItem.objects.filter(kind="invitation").count() == 5


@pytest.mark.django_db
def test_what_nobody_accepted_is_forgotten_90_days_after_its_link_ended(
    morgan_manager: User, kim: User
) -> None:
    accepted, _token = made(morgan_manager)
    assert accepted.use_up(kim)
    made(morgan_manager, email="lou@example.org")
    now = timezone.now()
    assert [tidy(now + timedelta(days=days)) for days in (103, 105)] == [0, 1]
    assert Invitation.objects.get() == accepted


@pytest.mark.django_db
def test_whoever_has_no_account_is_led_to_register_with_the_address(
    morgan_manager: User, visitor: Visitor
) -> None:
    row, token = made(morgan_manager)
    answer = visitor.post(url(row, token))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/register/?next=%2Finvitation%2F")
    assert visitor.client.session["invited"] == str(row.pk)
