"""The changes that can be made on the page of a person, as a table."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User
from accounts.people import changes, staff
from accounts.people.forms import ChangeForm, LeaveTeamForm, ReasonForm, RoleForm, TakeRoleForm, TeamForm
from accounts.people.state import Standing
from accounts.rules.powers import Hindrance

# Roles whose members see cases: only they are in teams.
SEE_CASES = frozenset({roles.CASEWORKERS, roles.MANAGERS})

Do = Callable[[User, User, dict[str, Any], dt.date, HttpRequest], None]


@dataclass(frozen=True)
class Change:
    """`title` names the page, `button` does it, `note` says what comes of it; `fits` whether it can be done now."""

    title: Promise
    button: Promise
    note: Promise
    form: type[ChangeForm]
    do: Do
    fits: Callable[[User, Standing], bool]
    is_grave: bool = False


def _works(person: User, standing: Standing) -> bool:
    return person.is_active


def _has_role(person: User, standing: Standing) -> bool:
    return bool(staff.worker(person).roles)


def _sees_cases(person: User, standing: Standing) -> bool:
    return person.is_active and bool(staff.worker(person).roles & SEE_CASES)


def _in_a_team(person: User, standing: Standing) -> bool:
    return person.teams.exists()


def _shut(person: User, standing: Standing) -> bool:
    return standing.can_be_enabled


def _may_leave(person: User, standing: Standing) -> bool:
    return person.is_active or standing.state == "unused"


KINDS: dict[str, Change] = {
    "enable": Change(
        _("Enable the account"),
        _("Enable it"),
        _(
            "She gets an email, and signs in with the password that she had. Who left before gets no role back by "
            "this: give it to her afterwards."
        ),
        ReasonForm,
        lambda by, whom, said, day, request: changes.enable(by, whom, said["reason"], day, request),
        _shut,
    ),
    "give-role": Change(
        _("Give a role"),
        _("Give the role"),
        _("It counts from their next page on. They get an email."),
        RoleForm,
        lambda by, whom, said, day, request: changes.give_role(by, whom, said["role"], day, request),
        _works,
    ),
    "take-role": Change(
        _("Take a role away"),
        _("Take the role away"),
        _("It counts from their next page on. They get an email."),
        TakeRoleForm,
        lambda by, whom, said, day, request: changes.take_role(
            by, whom, said["role"], said["reason"], request
        ),
        _has_role,
        is_grave=True,
    ),
    "join-team": Change(
        _("Add to a team"),
        _("Add to the team"),
        _("She sees the cases of this team from now on."),
        TeamForm,
        lambda by, whom, said, day, request: changes.join_team(by, whom, said["team"], request),
        _sees_cases,
    ),
    "leave-team": Change(
        _("Take out of a team"),
        _("Take out of the team"),
        _("She no longer sees the cases of this team, and is signed out everywhere."),
        LeaveTeamForm,
        lambda by, whom, said, day, request: changes.leave_team(
            by, whom, said["team"], said["reason"], request
        ),
        _in_a_team,
        is_grave=True,
    ),
    "sign-out": Change(
        _("Sign out everywhere"),
        _("Sign out everywhere"),
        _(
            "They are signed out on every phone and computer, and of the services that they opened from here. They get "
            "an email, and can sign in again the way they always do. Does somebody else know the password? They choose "
            "a new one, too."
        ),
        ReasonForm,
        lambda by, whom, said, day, request: changes.sign_out(by, whom, said["reason"], request),
        _works,
        is_grave=True,
    ),
    "left": Change(
        _("Note that they have left"),
        _("They have left"),
        _(
            "She is signed out everywhere, all her roles and teams are taken away, and her account is disabled. "
            "Whoever uses the account as a parent, too, keeps it for that."
        ),
        ReasonForm,
        lambda by, whom, said, day, request: changes.leave(by, whom, said["reason"], day, request),
        _may_leave,
        is_grave=True,
    ),
}

WHY_NOT: dict[Hindrance, Promise] = {
    Hindrance.HERSELF: _(
        "This is you. Nobody changes her own roles, teams or account here: ask a colleague."
    ),
    Hindrance.MORE_THAN_SHE_HAS: _("Only an administrator changes this."),
    Hindrance.LAST_ADMINISTRATOR: _(
        "She is the last administrator. Make somebody else an administrator first: without one nobody could look "
        "after this site."
    ),
}
