"""Who may do what with accounts: the decisions, named, for views, middleware and templates alike."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import Team, User
from core.people import Person

# What the running of a site is about, as the audit names it: nothing of a child, a case or a sent form.
_OF_THE_SITE = (
    "",
    "accounts.user",
    "accounts.signin",
    "accounts.invitation",
    "accounts.service",
    "accounts.externalidentity",
    "core.outboxitem",
    "core.limitreached",
    "core.bankholiday",
    "forms_engine.formdefinition",
)


def entries_of_the_site(person: Person) -> Q:
    """The audit of signing in, accounts and the site itself, for administrators."""
    if not is_administrator(person):
        return Q(pk__in=[])
    return Q(object_type__in=_OF_THE_SITE, subject_id=None) | Q(
        object_type__in=("accounts.team", "schools.school"), subject_type__in=("", "accounts.user")
    )


def names_of_teams(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What they are called: whom they let in is what an audit says to whoever may read it."""
    return dict(Team.objects.filter(pk__in=ids).values_list("pk", "name"))


def names_of_people(person: Person, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Their full names: who did what is what an audit says to whoever may read it."""
    return {one.pk: one.full_name for one in User.objects.filter(pk__in=ids)}


def is_administrator(person: Person) -> bool:
    """Who runs the site: its council, its teams, its accounts."""
    return person.has_perm("core.change_councilsettings")


def may_enter_admin(person: User | AnonymousUser) -> bool:
    """Staff of the council, by role. What they find inside is each app's own decision."""
    return person.is_active and person.has_perm("wagtailadmin.access_admin")
