"""The family's pages of a SEND case. Each fetches through `access`, which authorises."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from casework.access import family_access_or_404
from casework.pages import dashboard as page
from core.access import signed_in
from core.council import council_settings
from core.dates import today


@signed_in
@require_safe
def dashboard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: whose turn it is, where it stands, what is to do, who runs it, the dates."""
    day = today()
    opened = family_access_or_404(request, case_id, day)
    shown = page.dashboard(opened, cast(User, request.user), council_settings(request), day)
    return render(request, "casework/dashboard.html", {"page": shown})


@signed_in
@require_safe
def actions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What this person has to fill in, and what she has sent."""
    day = today()
    opened = family_access_or_404(request, case_id, day)
    shown = page.actions_page(opened, cast(User, request.user), day)
    return render(request, "casework/actions.html", {"page": shown})
