"""The page that an invitation's link opens. To open it changes nothing: a mail program may do so by itself."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import next_page
from accounts.invitations import sending
from accounts.invitations.kinds import kinds
from accounts.masking import masked
from accounts.models import Invitation, User
from accounts.registration.invited import remember
from core.access import is_signed_in
from core.dates import today


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, invitation_id: UUID, token: str) -> HttpResponse:
    found = Invitation.objects.by_link(invitation_id, token)
    if found is None or not sending.is_good(found, today()):
        return _gone(request)
    if not is_signed_in(request):
        return _come_in(request, found)
    person = cast(User, request.user)
    if request.method == "POST" and found.is_for(person):
        return _accept(request, found, person)
    context = _about(found) | {"is_hers": found.is_for(person), "own_address": masked(person.email)}
    return render(request, "accounts/invitation.html", context)


def _come_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    """To sign in or to register, and back to this page; who registers finds her address filled in."""
    bound_for = urlencode({next_page.FIELD: request.path})
    if request.method == "POST":
        remember(request, found)
        return redirect(f"{reverse('accounts:register')}?{bound_for}")
    context = _about(found) | {"sign_in": f"{reverse('accounts:sign_in')}?{bound_for}", "is_stranger": True}
    return render(request, "accounts/invitation.html", context)


def _accept(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    try:
        sending.accept(found, person, today(), request)
    except sending.GoneError:
        return _gone(request)
    # What she may do has grown: a session id that somebody else may know is worth nothing from here on.
    request.session.cycle_key()
    said = kinds.get(found.kind).said(found)
    messages.success(request, _("Welcome. You are now: %(said)s.") % {"said": said})
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


def _about(found: Invitation) -> dict[str, object]:
    return {
        "invitation": found,
        "said": kinds.get(found.kind).said(found),
        "address": masked(found.email),
        "by": found.invited_by.full_name,
    }


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_gone.html", status=410)
