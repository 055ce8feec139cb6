"""Where somebody lands after signing in."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from core import audit
from core.access import signed_in
from core.council import council_settings
from core.dates import today
from home.family import FamilyHome


@signed_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Staff begin in the admin, where case staff find their day; everybody else on the family home."""
    person = cast(User, request.user)
    if person.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect("home:family")


@signed_in
@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """All children at once, and the one thing to do next (B18)."""
    person = cast(User, request.user)
    page = FamilyHome.of(person, council_settings(request), today(), audit.viewer_of(request))
    # Nothing of their own is here: what staff look for stands in the admin.
    if page.is_empty and person.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return render(request, "home/family.html", {"page": page})
