"""The staff of a school, for its supervisors: who works here, who is invited, and who no longer does (C18-C22)."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.invitations import sending
from accounts.models import User
from accounts.people import leaving
from accounts.views.refused import too_many_tries
from core import audit
from core.access import refuse, signed_in
from core.dates import today
from schools import people
from schools.access import (
    KIND,
    Standing,
    colleague_or_404,
    invitation_or_404,
    own_membership_or_404,
    supervised_or_404,
)
from schools.forms_of_staff import DetailsForm, InviteForm, ReasonForm
from schools.invitations import has_room
from schools.limits import DETAILS_ASKED
from schools.staff_page import read

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def staff(request: HttpRequest, school_id: UUID) -> HttpResponseBase:
    school = supervised_or_404(request, school_id)
    audit.record("school.staff-read", request=request, obj=school)
    return render(request, "schools/staff.html", {"page": read(school, cast(User, request.user), today())})


@sensitive_post_parameters()
@page
@signed_in
def invite(request: HttpRequest, school_id: UUID) -> HttpResponseBase:
    school, by = supervised_or_404(request, school_id), cast(User, request.user)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        if said["standing"] == Standing.SUPERVISOR and not has_room(school.pk, today()):
            form.add_error("standing", _("The school has two supervisors, or has invited them, already"))
        elif _sent(form, by, school_id, request):
            messages.success(request, _("The invitation is on its way. It can be accepted for 14 days."))
            return redirect("schools:staff", school_id)
    return render(request, "schools/invite.html", {"form": form, "school": school})


def _sent(form: InviteForm, by: User, school_id: UUID, request: HttpRequest) -> bool:
    said = form.cleaned_data
    try:
        sending.invite(by, said["name"], said["email"], KIND, said["standing"], school_id, today(), request)
    except sending.NotHersError:
        form.add_error("email", _("This is your own address. Enter that of your colleague"))
    except sending.TooOftenError:
        form.add_error(None, _("As many invitations went out as a day allows. Try again tomorrow"))
    else:
        return True
    return False


@require_POST
@signed_in
def again(request: HttpRequest, school_id: UUID, invitation_id: UUID) -> HttpResponseBase:
    invitation = invitation_or_404(request, supervised_or_404(request, school_id), invitation_id)
    try:
        sending.send_again(invitation, cast(User, request.user), today(), request)
    except sending.TooOftenError:
        messages.error(request, _("As many invitations went out as a day allows. Try again tomorrow."))
    except (sending.NotHersError, sending.GoneError):
        messages.error(request, _("This invitation is not open any more."))
    else:
        messages.success(request, _("Sent again. The link in the earlier email no longer works."))
    return redirect("schools:staff", school_id)


@require_POST
@signed_in
def withdraw(request: HttpRequest, school_id: UUID, invitation_id: UUID) -> HttpResponseBase:
    invitation = invitation_or_404(request, supervised_or_404(request, school_id), invitation_id)
    if sending.withdraw(invitation, request):
        messages.success(request, _("Withdrawn. Its link opens nothing any more."))
    return redirect("schools:staff", school_id)


@sensitive_post_parameters()
@page
@signed_in
def details(request: HttpRequest, school_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Her name or her email address is another one: she is asked to put it right (C20)."""
    school = supervised_or_404(request, school_id)
    membership = colleague_or_404(request, school, person_id)
    form = DetailsForm(membership, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "schools/details.html", {"form": form, "school": school, "row": membership})
    if wait := DETAILS_ASKED.wait(str(membership.pk), person=membership.person_id):
        return too_many_tries(request, wait)
    people.ask_for_details(membership, form.cleaned_data, request)
    messages.success(request, _("Your colleague gets an email, and puts it right or says no."))
    return redirect("schools:staff", school_id)


@page
@signed_in
def your_details(request: HttpRequest, school_id: UUID) -> HttpResponseBase:
    """What a supervisor asks her to put right in her account; a post says no to it."""
    membership = own_membership_or_404(request, school_id)
    asked = getattr(membership, "details_asked", None)
    if request.method != "POST":
        return render(request, "schools/your_details.html", {"row": membership, "asked": asked})
    if asked and asked.is_open and people.refuse_details(asked, today(), request):
        messages.success(request, _("Nothing is changed, and you are not asked about it any more."))
    return redirect("home:family")


@page
@signed_in
def remove(request: HttpRequest, school_id: UUID, person_id: UUID) -> HttpResponseBase:
    """She works at this school no more (C21)."""
    school = supervised_or_404(request, school_id)
    membership = colleague_or_404(request, school, person_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "schools/remove.html", {"form": form, "school": school, "row": membership})
    people.remove(membership, today(), request, form.cleaned_data["reason"])
    messages.success(request, _("Done. Your colleague can no longer open anything of the school."))
    return redirect("schools:staff", school_id)


@page
@signed_in
def enable(request: HttpRequest, school_id: UUID, person_id: UUID) -> HttpResponseBase:
    """Her account, which nobody had used for long, works again (C22)."""
    school = supervised_or_404(request, school_id)
    membership = colleague_or_404(request, school, person_id)
    if not people.can_be_enabled(membership.person):
        refuse(request, "accounts.user", person_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "schools/enable.html", {"form": form, "school": school, "row": membership})
    try:
        with transaction.atomic():
            leaving.enable(membership.person, today(), request, form.cleaned_data["reason"])
    except leaving.NotDisabledError:
        return redirect("schools:staff", school_id)
    messages.success(request, _("The account works again. Your colleague gets an email."))
    return redirect("schools:staff", school_id)
