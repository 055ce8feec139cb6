"""What a caseworker does from the page of a case. Each view fetches through `access`, which authorises."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from casework.access import staff_action_or_404, staff_case_or_404
from casework.actions.accept import accept as accept_action
from casework.actions.ask_for_form import ask_for_form
from casework.actions.record_event import record_event
from casework.actions.refusals import Refused
from casework.actions.reopen import reopen as reopen_action
from casework.actions.withdraw import withdraw as withdraw_action
from casework.admin.forms import AskForm, EventForm, ReasonForm, ReopenForm
from casework.models import Action, Case
from casework.rules.timetable import Event
from core.dates import today

form_page = require_http_methods(["GET", "HEAD", "POST"])


def case_url(case: Case) -> str:
    return reverse("casework_case_modeladmin_inspect", args=[case.pk])


@form_page
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask people of a case for a form (B31)."""
    case = staff_case_or_404(request, case_id)

    def do(data: dict[str, Any]) -> str:
        made = ask_for_form(
            case,
            data["form"],
            list(data["people"]),
            due=data["due"],
            why=data["why"],
            by=cast(User, request.user),
            today=today(),
            request=request,
        )
        return ngettext("%(count)s person was asked.", "%(count)s people were asked.", len(made)) % {
            "count": len(made)
        }

    return _page(
        request, case, AskForm(case, _posted(request)), do, _("Ask for a form"), _("Ask for the form")
    )


@form_page
def record(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down that something happened in a case."""
    case = staff_case_or_404(request, case_id)

    def do(data: dict[str, Any]) -> str:
        record_event(
            case,
            Event(data["event"]),
            data["day"],
            by=cast(User, request.user),
            today=today(),
            by_name=data["by_name"],
            request=request,
        )
        return _("It is written down.")

    form = EventForm(_posted(request), initial={"day": today()})
    return _page(request, case, form, do, _("Record what happened"), _("Record it"))


@require_POST
def accept(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Nothing more is wanted."""
    action = staff_action_or_404(request, action_id)
    try:
        accept_action(action, by=cast(User, request.user), request=request)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Accepted. The family has been told."))
    return redirect(case_url(action.case))


@form_page
def reopen(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Let the family change what it sent."""
    action = staff_action_or_404(request, action_id)

    def do(data: dict[str, Any]) -> str:
        reopen_action(
            action, reason=data["reason"], due=data["due"], by=cast(User, request.user), request=request
        )
        return _("The form is open again. The family has been told.")

    form = ReopenForm(_posted(request))
    return _page(request, action.case, form, do, _title(_("Open again"), action), _("Open it again"))


@form_page
def withdraw(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """The form is not wanted any more."""
    action = staff_action_or_404(request, action_id)

    def do(data: dict[str, Any]) -> str:
        withdraw_action(action, reason=data["reason"], by=cast(User, request.user), request=request)
        return _("The form is withdrawn. The family has been told.")

    form = ReasonForm(_posted(request))
    return _page(request, action.case, form, do, _title(_("Withdraw"), action), _("Withdraw it"))


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, be it nothing at all; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def _title(verb: str, action: Action) -> str:
    asked = action.assignment
    return f"{verb}: {asked.form.title}, {asked.addressee.full_name}"


def _page(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    do: Callable[[dict[str, Any]], str],
    title: str | Promise,
    button: str | Promise,
) -> HttpResponse:
    """Show `form`; posted and valid, `do` it. What it refuses is said above the form, which keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(case_url(case))
    context = {"case": case, "case_url": case_url(case), "form": form, "title": title, "button": button}
    return render(request, "casework/admin/form.html", context, status=422 if form.errors else 200)
