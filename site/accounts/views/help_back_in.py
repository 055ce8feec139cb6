"""Helping somebody back in who has lost her mailbox, in the admin: for administrators, with the caller on the phone.

Who it is is looked up by post: no name stands in an address. Each look and each question is written down.
"""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import may_enter_admin
from accounts.masking import masked
from accounts.models import User
from accounts.people import changes
from accounts.people.forms import ReasonForm
from accounts.recovery import new_mailbox
from accounts.recovery.staff_forms import FindForm, HelpForm
from core import audit
from core.access import holding, refuse

PERMISSION = "accounts.help_back_in"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@holding(PERMISSION)
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        found = [(person, masked(person.email)) for person in form.found()]
        audit.record("account.searched", request=request)
    return render(request, "accounts/admin/help_find.html", {"form": form, "found": found})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@holding(PERMISSION)
def help_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        refuse(request, "accounts.user", person_id)
    form = HelpForm(person, request.POST if request.method == "POST" else None)
    if form.hindrance or not form.is_valid():
        audit.record("account.looked-at", request=request, obj=person)
        return _page(request, form)
    agreed = form.agreed()
    audit.record(
        "account.caller-asked",
        request=request,
        obj=person,
        reason=_in_words(agreed, form.cleaned_data["asked"]),
    )
    for name in (name for name, agrees in agreed.items() if not agrees):
        form.add_error(name, _("This is not as we have it. Change nothing for this caller."))
    return _page(request, form) if form.errors else _set_mailbox(request, person, form)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(PERMISSION)
def sign_out(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """End all sessions of somebody who has no page among the council's people."""
    person, by = User.objects.filter(pk=person_id, is_active=True).first(), cast(User, request.user)
    if person is None or may_enter_admin(person):
        refuse(request, "accounts.user", person_id)
    form = ReasonForm(by, person, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        audit.record("account.looked-at", request=request, obj=person)
        context = {"form": form, "person": person, "address": masked(person.email)}
        return render(request, "accounts/admin/help_sign_out.html", context)
    changes.sign_out(by, person, form.cleaned_data["reason"], request)
    messages.success(request, _("Done. It is written down in the audit."))
    return redirect("help_back_in")


def _set_mailbox(request: HttpRequest, person: User, form: HelpForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    try:
        new_mailbox.ask(person, email, reason=form.cleaned_data["reason"], request=request)
    except new_mailbox.Taken:
        form.add_error("email", _("Another account has this address. Ask for a different one."))
        return _page(request, form)
    messages.success(
        request,
        _("An email is on its way to %(email)s. Nothing changes until it is confirmed there.")
        % {"email": email},
    )
    return redirect("help_back_in")


def _in_words(agreed: Mapping[str, bool], asked: str) -> str:
    """For the audit: what was asked and whether it agreed, never what was said."""
    names = {"name": _("name"), "born": _("date of birth"), "postcode": _("postcode")}
    said = [
        f"{names[name]}: {_('agrees') if agrees else _('does not agree')}" for name, agrees in agreed.items()
    ]
    return "; ".join([*said, *([_("asked besides: %(asked)s") % {"asked": asked}] if asked else [])])


def _page(request: HttpRequest, form: HelpForm) -> HttpResponse:
    context = {
        "form": form,
        "person": form.person,
        "address": masked(form.person.email),
        "is_staff": may_enter_admin(form.person),
    }
    return render(request, "accounts/admin/help_person.html", context)
