"""Who may do what with accounts: the decisions, named, for views, middleware and templates alike."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def may_enter_admin(person: User | AnonymousUser) -> bool:
    """Staff of the council, by role. What they find inside is each app's own decision."""
    return person.is_active and person.has_perm("wagtailadmin.access_admin")
