"""People and teams in the admin: who does what here, who came, who left; nobody changes herself (C19, C21)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import DisabledAccount, Team, User
from accounts.people import words
from core import outbox
from core.dates import today
from core.models import AuditEntry
from core.registry import Registry
from schools.models import Membership
from tests.factories import ChildLinkFactory, SchoolFactory, TeamFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C19", "C21", "A32")]
LIST = "/admin/accounts/user/"
Open = Callable[[User], Client]


@pytest.fixture
def ash(signed_in_client: Open, admin: User) -> Client:
    """The administrator's browser."""
    return signed_in_client(admin)


@pytest.fixture
def morgan(signed_in_client: Open, morgan_manager: User) -> Client:
    """The SEND manager's browser."""
    return signed_in_client(morgan_manager)


def page(person: User) -> str:
    return reverse("accounts_user_modeladmin_inspect", args=[person.pk])


def change(client: Client, person: User, what: str, **said: Any) -> Any:
    return client.post(reverse("person_change", args=[person.pk, what]), said)


def roles_of(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def entry(verb: str) -> AuditEntry:
    return AuditEntry.objects.get(verb=verb)


def text(response: Any) -> str:
    said: str = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    return said


def test_an_administrator_sees_all_who_work_here_and_no_family(
    ash: Client, casey_worker: User, erin_editor: User, sam_parent: User, harper_head: User
) -> None:
    Membership.objects.create(person=harper_head, school=SchoolFactory(name="Oakfield"), since=today())
    said = text(ash.get(LIST))
    for name in ("Casey Worker", "Erin Editor", "Harper Head", "Standard user, Oakfield"):
        assert name in said
    assert "Sam Parent" not in said


def test_a_manager_sees_case_staff_alone(
    morgan: Client, casey_worker: User, erin_editor: User, sam_parent: User, admin: User
) -> None:
    said = text(morgan.get(LIST))
    assert "Casey Worker" in said
    assert "Morgan Manager" in said
    assert not any(person.full_name in said for person in (erin_editor, sam_parent, admin))
    for person in (erin_editor, sam_parent, admin):
        assert morgan.get(page(person)).status_code == 404
        assert change(morgan, person, "left", reason="Mine").status_code == 404
    assert User.objects.filter(is_active=False).count() == 0


@pytest.mark.parametrize("who", ["casey_worker", "erin_editor", "sam_parent", "harper_head"])
def test_nobody_else_sees_anybody(
    signed_in_client: Open, robin_worker: User, request: pytest.FixtureRequest, who: str
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    for url in (LIST, page(robin_worker), reverse("people_roles")):
        assert client.get(url).status_code in (302, 403, 404)
    assert change(client, robin_worker, "left", reason="Mine").status_code in (302, 403, 404)
    robin_worker.refresh_from_db()
    assert robin_worker.is_active


def test_the_page_says_what_somebody_may_do_and_the_look_is_written_down(
    morgan: Client, morgan_manager: User, casey_worker: User
) -> None:
    said = text(morgan.get(page(casey_worker)))
    assert "See the cases of their teams, with the children’s papers" in said
    assert "See the cases of all teams" not in said
    assert "North" in said
    assert entry("user.read").actor_id == morgan_manager.pk


def test_the_list_is_narrowed_by_role_team_and_account(
    ash: Client, casey_worker: User, robin_worker: User, erin_editor: User
) -> None:
    north = casey_worker.teams.get()
    assert "Robin Worker" not in text(ash.get(f"{LIST}?team={north.pk}"))
    assert "Casey Worker" not in text(ash.get(f"{LIST}?role={roles.EDITORS}"))
    DisabledAccount.objects.create(user=robin_worker, why="left", roles="|Caseworkers|")
    User.objects.filter(pk=robin_worker.pk).update(is_active=False)
    assert "Robin Worker" not in text(ash.get(LIST))
    assert "Robin Worker" in text(ash.get(f"{LIST}?account=left"))
    assert "Casey Worker" not in text(ash.get(f"{LIST}?account=left"))


def test_what_roles_may_do_is_said_from_the_grants(ash: Client, casey_worker: User) -> None:
    said = text(ash.get(reverse("people_roles")))
    for role in roles.ROLES:
        assert role in said
        for power in words.powers(role):
            assert power in said
    assert "Casey Worker" in said


def test_every_permission_that_is_granted_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(words.powers(role) for role in roles.ROLES)
    monkeypatch.setattr(words, "power_words", Registry("permissions in words"))
    with pytest.raises(words.NoWordsError, match=r"wagtailadmin\.access_admin"):
        words.powers(roles.CASEWORKERS)


def test_an_administrator_gives_a_role_and_she_hears_of_it(ash: Client, admin: User) -> None:
    new: User = UserFactory(author=True)
    assert change(ash, new, "give-role", role=roles.CASEWORKERS).status_code == 302
    assert roles_of(new) == {roles.AUTHORS, roles.CASEWORKERS}
    written = entry("role.given")
    assert (written.actor_id, written.object_id, written.reason) == (admin.pk, new.pk, roles.CASEWORKERS)
    outbox.sweep()
    assert [letter.to for letter in mail.outbox] == [[new.email]]


def test_a_role_is_taken_with_a_reason_and_not_without(ash: Client, casey_worker: User) -> None:
    without = change(ash, casey_worker, "take-role", role=roles.CASEWORKERS, reason=" ")
    assert "Write down why" in text(without)
    assert roles_of(casey_worker) == {roles.CASEWORKERS}
    change(ash, casey_worker, "take-role", role=roles.CASEWORKERS, reason="She writes forms now.")
    assert roles_of(casey_worker) == set()
    assert entry("role.taken").reason == "Caseworkers: She writes forms now."


def test_a_manager_gives_no_role_that_may_do_as_much_as_hers(morgan: Client, casey_worker: User) -> None:
    for role in (roles.MANAGERS, roles.ADMINISTRATORS, roles.EDITORS):
        change(morgan, casey_worker, "give-role", role=role)
    assert roles_of(casey_worker) == {roles.CASEWORKERS}


def test_a_manager_changes_nothing_about_another_manager(morgan: Client) -> None:
    other: User = UserFactory(manager=True)
    assert "Only an administrator changes this" in text(morgan.get(page(other)))
    change(morgan, other, "left", reason="Mine")
    other.refresh_from_db()
    assert other.is_active


@pytest.mark.parametrize("what", ["give-role", "take-role", "join-team", "left"])
def test_nobody_changes_herself(ash: Client, admin: User, what: str) -> None:
    UserFactory(administrator=True)
    admin.groups.add(roles.group(roles.CASEWORKERS))
    team = TeamFactory(name="East")
    said = {"role": roles.MANAGERS, "team": team.pk, "reason": "Mine"}
    assert "This is you" in text(ash.get(page(admin)))
    assert "This is you" in text(change(ash, admin, what, **said))
    admin.refresh_from_db()
    assert admin.is_active
    assert roles_of(admin) == {roles.ADMINISTRATORS, roles.CASEWORKERS}
    assert not admin.teams.exists()


def test_two_administrators_who_take_each_others_role_leave_one(
    ash: Client, admin: User, signed_in_client: Open
) -> None:
    other: User = UserFactory(administrator=True)
    others = signed_in_client(other)
    change(ash, other, "take-role", role=roles.ADMINISTRATORS, reason="One is enough.")
    again = change(others, admin, "take-role", role=roles.ADMINISTRATORS, reason="One is enough.")
    assert again.status_code in (302, 403, 404)
    assert User.objects.filter(groups__name=roles.ADMINISTRATORS).count() == 1


def test_teams_are_joined_and_left(morgan: Client, morgan_manager: User, casey_worker: User) -> None:
    north, east = casey_worker.teams.get(), TeamFactory(name="East")
    change(morgan, casey_worker, "join-team", team=east.pk)
    assert set(casey_worker.teams.all()) == {north, east}
    added = entry("team.member-added")
    assert (added.object_id, added.subject_id) == (east.pk, casey_worker.pk)

    epoch = casey_worker.session_epoch
    change(morgan, casey_worker, "leave-team", team=north.pk, reason="She moved to East.")
    assert set(casey_worker.teams.all()) == {east}
    removed = entry("team.member-removed")
    assert (removed.object_id, removed.subject_id, removed.reason) == (
        north.pk,
        casey_worker.pk,
        "She moved to East.",
    )
    casey_worker.refresh_from_db()
    assert casey_worker.session_epoch == epoch + 1
    said = text(morgan.get(page(casey_worker)))
    assert "Person taken out of a team: North" in said
    assert "by Morgan Manager" in said


def test_only_who_sees_cases_is_put_into_a_team(ash: Client, erin_editor: User) -> None:
    team: Team = TeamFactory(name="East")
    assert change(ash, erin_editor, "join-team", team=team.pk).status_code == 404
    assert not team.members.exists()


def test_an_administrator_signs_somebody_out_everywhere_with_a_reason_and_she_hears_of_it(
    ash: Client, admin: User, casey_worker: User, signed_in_client: Open
) -> None:
    browsers = [signed_in_client(casey_worker) for _each in range(2)]
    assert "Sign out everywhere" in text(ash.get(page(casey_worker)))
    assert "Write down why" in text(change(ash, casey_worker, "sign-out", reason=" "))
    assert browsers[0].get("/account/").status_code == 200
    assert change(ash, casey_worker, "sign-out", reason="Her laptop was stolen").status_code == 302
    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302]
    written = entry("account.signed-out-by-council")
    assert (written.actor_id, written.object_id, written.reason) == (
        admin.pk,
        casey_worker.pk,
        "Her laptop was stolen",
    )
    assert "Signed somebody out everywhere" in text(ash.get(page(casey_worker)))
    outbox.sweep()
    assert [message.subject for message in mail.outbox] == ["We have signed you out everywhere"]
    assert "laptop" not in mail.outbox[0].body


def test_a_manager_signs_nobody_out_who_may_do_as_much_as_she(morgan: Client, ash: Client) -> None:
    other = UserFactory(email="other.manager@example.org")
    other.groups.add(roles.group(roles.MANAGERS))
    assert "Only an administrator" in text(change(morgan, other, "sign-out", reason="I say so"))
    assert other.session_epoch == User.objects.get(pk=other.pk).session_epoch


def test_whoever_has_left_is_out_at_once_and_stays_on_record(
    morgan: Client, signed_in_client: Open, casey_worker: User
) -> None:
    caseys = signed_in_client(casey_worker)
    assert caseys.get("/admin/").status_code == 200
    change(morgan, casey_worker, "left", reason="Her last day was Friday.")
    assert caseys.get("/admin/").status_code == 302
    casey_worker.refresh_from_db()
    assert not casey_worker.is_active
    assert (roles_of(casey_worker), casey_worker.teams.count()) == (set(), 0)
    assert "Casey Worker" in text(morgan.get(f"{LIST}?account=left"))
    assert "Was, on leaving: Caseworkers, North" in text(morgan.get(page(casey_worker)))
    verbs = set(AuditEntry.objects.filter(reason__contains="Her last day").values_list("verb", flat=True))
    assert verbs == {"account.left", "account.disabled-left", "role.taken", "team.member-removed"}


def test_whoever_has_left_keeps_her_account_as_a_parent(ash: Client, casey_worker: User) -> None:
    ChildLinkFactory(person=casey_worker)
    epoch = casey_worker.session_epoch
    change(ash, casey_worker, "left", reason="Her last day was Friday.")
    casey_worker.refresh_from_db()
    assert casey_worker.is_active
    assert (roles_of(casey_worker), casey_worker.session_epoch) == (set(), epoch + 1)


def test_staff_of_a_school_who_left_are_staff_there_no_more(ash: Client, harper_head: User) -> None:
    school = SchoolFactory(name="Oakfield")
    Membership.objects.create(person=harper_head, school=school, since=today() - dt.timedelta(400))
    change(ash, harper_head, "left", reason="The school has a new head.")
    harper_head.refresh_from_db()
    assert not harper_head.is_active
    assert not Membership.objects.holding(today()).exists()
    assert entry("membership.ended").subject_id == harper_head.pk


def test_a_disabled_account_is_enabled_with_a_reason_and_counts_from_that_day(
    morgan: Client, casey_worker: User
) -> None:
    long_ago = timezone.now() - dt.timedelta(300)
    User.objects.filter(pk=casey_worker.pk).update(is_active=False, last_login=long_ago)
    DisabledAccount.objects.create(user=casey_worker, why="unused")
    assert "Disabled on" in text(morgan.get(page(casey_worker)))
    assert "Write down why" in text(change(morgan, casey_worker, "enable", reason=""))
    assert change(morgan, casey_worker, "enable", reason="Back from leave.").status_code == 302
    casey_worker.refresh_from_db()
    assert casey_worker.is_active
    assert casey_worker.use.counted_from == today()
    assert roles_of(casey_worker) == {roles.CASEWORKERS}
    assert entry("account.enabled").reason == "Back from leave."
    outbox.sweep()
    assert mail.outbox[-1].subject == "Your account works again"
    assert change(morgan, casey_worker, "enable", reason="Again.").status_code == 404


def test_an_account_that_its_owner_closed_is_not_enabled_here(ash: Client, erin_editor: User) -> None:
    User.objects.filter(pk=erin_editor.pk).update(is_active=False)
    assert change(ash, erin_editor, "enable", reason="She asked.").status_code == 404
    erin_editor.refresh_from_db()
    assert not erin_editor.is_active


def test_an_unknown_change_is_not_found(ash: Client, casey_worker: User) -> None:
    assert change(ash, casey_worker, "promote").status_code == 404
