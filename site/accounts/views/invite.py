"""Inviting people to the council's roles, in the admin; and sending again or withdrawing what was sent."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.invitations import admin, sending
from accounts.invitations.forms import CouncilInvitationForm
from accounts.invitations.kinds import COUNCIL
from accounts.models import Invitation, User
from accounts.people import staff
from core.access import holding, refuse
from core.dates import today

REGISTER = "accounts_invitation_modeladmin_index"
NOT_HERS = gettext_lazy("You cannot invite this person to that. Nobody invites herself.")
TOO_OFTEN = gettext_lazy("You have sent as many invitations as a day allows. Try again tomorrow.")
GONE = gettext_lazy("This invitation is not open any more.")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@holding(staff.LOOK_AFTER)
def invite(request: HttpRequest) -> HttpResponse:
    by = cast(User, request.user)
    form = CouncilInvitationForm(by, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        place = said["team"].pk if said["team"] else None
        try:
            sending.invite(by, said["name"], said["email"], COUNCIL, said["role"], place, today(), request)
        except sending.NotHersError:
            form.add_error("email", NOT_HERS)
        except sending.TooOftenError:
            form.add_error(None, TOO_OFTEN)
        else:
            messages.success(request, _("The invitation is on its way. It can be accepted for 14 days."))
            return redirect(REGISTER)
    return render(request, "accounts/admin/invite.html", {"form": form})


@require_POST
@holding(staff.LOOK_AFTER)
def again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    invitation = _own_or_404(request, invitation_id)
    try:
        sending.send_again(invitation, cast(User, request.user), today(), request)
    except sending.TooOftenError:
        messages.error(request, TOO_OFTEN)
    except (sending.NotHersError, sending.GoneError):
        messages.error(request, GONE)
    else:
        messages.success(request, _("Sent again. The link in the earlier email no longer works."))
    return redirect(REGISTER)


@require_POST
@holding(staff.LOOK_AFTER)
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    if sending.withdraw(_own_or_404(request, invitation_id), request):
        messages.success(request, _("Withdrawn. Its link opens nothing any more."))
    else:
        messages.error(request, GONE)
    return redirect(REGISTER)


def _own_or_404(request: HttpRequest, invitation_id: UUID) -> Invitation:
    """The invitation, for whoever sends it again or withdraws it."""
    found = admin.visible_to(cast(User, request.user)).filter(pk=invitation_id).first()
    if found is None:
        refuse(request, "accounts.invitation", invitation_id)
    return found
