"""Who works for the council or at a school, as rows: who sees whom, who runs the site, who uses an account."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.auth.models import Group
from django.db.models import F, Q, QuerySet

from accounts import roles
from accounts.models import AccountUse, User
from accounts.people.places import families, places
from accounts.people.words import all_granted
from accounts.rules.dormancy import Use
from accounts.rules.powers import Worker, gives
from core.dates import local_day
from core.people import Person

LOOK_AFTER, GIVE_ANY = "accounts.look_after_people", "accounts.give_any_role"


def powers() -> dict[str, frozenset[str]]:
    """Role -> all that it may do."""
    return {role: frozenset(all_granted(role)) for role in roles.ROLES}


def worker(person: User) -> Worker:
    """`person` as the rules ask about her. One query."""
    held = frozenset(person.groups.values_list("name", flat=True)) & frozenset(roles.ROLES)
    return Worker(person.pk, held, runs_site=roles.ADMINISTRATORS in held)


def given_by(person: User) -> list[str]:
    """The roles that `person` may give and take, in their usual order."""
    hers = gives(worker(person), powers())
    return [role for role in roles.ROLES if role in hers]


def in_roles(names: Iterable[str]) -> Q:
    """Of people: those in one of these roles."""
    members = User.groups.through.objects.filter(group__name__in=list(names))
    return Q(pk__in=members.values("user"))


def all_staff(day: dt.date) -> Q:
    """Of people: those who work for the council, or on `day` at a place that an app has registered."""
    return reduce(or_, (place.staff(day) for place in places.values()), in_roles(roles.ROLES))


def also_family(day: dt.date) -> Q:
    """Of people: those who have their account as family, too."""
    return reduce(or_, (family(day) for family in families.values()), Q(pk__in=[]))


def visible_to(person: Person, day: dt.date) -> QuerySet[User]:
    """The people whom `person` looks after: who runs the site all staff, others those of roles that do no more
    than theirs. Those who left are among them.
    """
    everybody = User.objects.all()
    if person.has_perm(GIVE_ANY):
        return everybody.filter(all_staff(day) | Q(disabled__isnull=False))
    if not person.has_perm(LOOK_AFTER):
        return everybody.none()
    held = powers()
    own = {power for role in person.role_names.split(", ") for power in held.get(role, ())}
    theirs = [role for role in roles.ROLES if held[role] <= own]
    left = reduce(or_, (Q(disabled__roles__contains=f"|{role}|") for role in theirs), Q(pk__in=[]))
    return everybody.filter(in_roles(theirs) | left)


def warned(people: QuerySet[User]) -> QuerySet[User]:
    """Those of `people` who were warned that their account will be disabled, and have not signed in since."""
    since = (
        Q(last_login=None)
        | Q(use__warned_on__gt=F("last_login"))
        | Q(use__warned_again_on__gt=F("last_login"))
    )
    told = Q(use__warned_on__isnull=False) | Q(use__warned_again_on__isnull=False)
    return people.filter(told & since, is_active=True)


def is_last_administrator(person: User) -> bool:
    """Whether nobody would run the site without `person`. Ask under `locked`."""
    running = User.objects.filter(in_roles([roles.ADMINISTRATORS]), is_active=True)
    return running.filter(pk=person.pk).exists() and not running.exclude(pk=person.pk).exists()


def lock() -> None:
    """Let others who change people wait until the end of this transaction: no two take the last administrators."""
    list(Group.objects.select_for_update().filter(name=roles.ADMINISTRATORS))


def use_of(person: User) -> Use:
    """When the account was last used, or began to count. One query, unless `use` was fetched with it."""
    noted = getattr(person, "use", None)
    days = [local_day(person.last_login or person.date_joined)]
    if noted is None:
        return Use(days[0])
    if noted.counted_from:
        days.append(noted.counted_from)
    return Use(max(days), noted.warned_on, noted.warned_again_on)


def count_from(person: User, day: dt.date) -> None:
    """From `day` on it counts anew whether the account is used."""
    AccountUse.objects.update_or_create(
        user=person, defaults={"counted_from": day, "warned_on": None, "warned_again_on": None}
    )
