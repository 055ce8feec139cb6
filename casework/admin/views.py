"""What a caseworker does from the page of a case. Each view fetches through `access`, which authorises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from casework.access import may_run_case, staff_action_or_404, staff_case_or_404, staff_event_or_404
from casework.actions.accept import accept as accept_action
from casework.actions.ask_for_form import ask_for_form
from casework.actions.correct_event import check as check_correction
from casework.actions.correct_event import correct_event, moved
from casework.actions.fill_in_for import fill_in_for
from casework.actions.record_event import FAMILYS_OWN, record_event
from casework.actions.record_event import check as check_event
from casework.actions.refusals import Refused
from casework.actions.reopen import reopen as reopen_action
from casework.actions.withdraw import withdraw as withdraw_action
from casework.admin.family_view import would_read
from casework.admin.forms import AskForm, CorrectionForm, EventForm, FillInForm, ReasonForm, ReopenForm
from casework.admin.too_early import too_early
from casework.admin.words import EVENT_NAMES
from casework.models import Action, Case, CaseEvent
from casework.rules.timetable import Event
from core.access import refuse
from core.dates import day_text, today
from core.private_files import FileRefused
from forms_engine.assist import Help, on_disk
from forms_engine.models.assisted import How


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is about to be written down, and what would have happened then. `is_told`: the family gets an email.

    `warnings`: what speaks against it, for whoever confirms to weigh.
    """

    said: str
    history: list[CaseEvent]
    is_told: bool
    warnings: Sequence[str] = ()


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
        return ngettext(
            "%(count)s person was asked. An email is on its way.",
            "%(count)s people were asked. An email to each is on its way.",
            len(made),
        ) % {"count": len(made)}

    return _page(
        request, case, AskForm(case, _posted(request)), do, _("Ask for a form"), _("Ask for the form")
    )


@form_page
def fill_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin to fill in a form for somebody of the case, by phone or from paper."""
    case, by = staff_case_or_404(request, case_id), cast(User, request.user)
    if not may_run_case(by, case):
        refuse(request, "casework.case", case_id)
    form = FillInForm(case, by, _posted(request), request.FILES or None, initial=_asked_of(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with on_disk(data["taken"]) as scan:
                help = Help(by, How(data["how"]), data["on"], scan)
                draft = fill_in_for(
                    case,
                    data["form"],
                    data["person"],
                    help,
                    today=today(),
                    now=timezone.now(),
                    request=request,
                )
        except FileRefused as refusal:
            form.add_error("scan", refusal.message)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("forms:resume", draft.pk)
    title = _("Fill in a form for somebody")
    return _render(request, case, form, title, _("Go to the form"))


def _asked_of(request: HttpRequest) -> dict[str, str]:
    """What the link that led here has chosen already."""
    return {name: request.GET[name] for name in ("person", "form") if name in request.GET}


@form_page
def record(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down that something happened in a case."""
    case = staff_case_or_404(request, case_id)

    by = cast(User, request.user)

    def do(data: dict[str, Any]) -> str:
        record_event(
            case,
            Event(data["event"]),
            data["day"],
            by=by,
            today=today(),
            by_name=data.get("by_name", ""),
            request=request,
        )
        return _("Recorded. It now stands on the page of the case.")

    def then(data: dict[str, Any]) -> Proposal:
        event = Event(data["event"])
        check_event(case, event, data["day"], by=by, today=today())
        new = CaseEvent(case=case, event=event.value, day=data["day"], by_name=data.get("by_name", ""))
        return Proposal(
            f"{EVENT_NAMES[event]}, {day_text(data['day'])}",
            [*case.history(), new],
            is_told=event not in FAMILYS_OWN,
            warnings=too_early(case, event, data["day"]),
        )

    form = EventForm(case, _posted(request))
    return _page(request, case, form, do, _("Record what happened"), _("Continue"), then)


@form_page
def correct(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Say that something was recorded by mistake."""
    event = staff_event_or_404(request, event_id)
    case, by = event.case, cast(User, request.user)

    def do(data: dict[str, Any]) -> str:
        correct_event(event, data["day"], data["reason"], by=by, today=today(), request=request)
        return _("It is corrected.")

    def then(data: dict[str, Any]) -> Proposal:
        check_correction(case, event, data["day"], data["reason"], by=by, today=today())
        right = [moved(event, data["day"])] if data["day"] else []
        return Proposal(
            _("%(event)s: %(old)s was wrong. %(new)s")
            % {
                "event": EVENT_NAMES[Event(event.event)],
                "old": day_text(event.day),
                "new": _("It was %(day)s.") % {"day": day_text(data["day"])}
                if data["day"]
                else _("It did not happen."),
            },
            [*(row for row in case.history() if row.pk != event.pk), *right],
            is_told=event.event not in FAMILYS_OWN,
        )

    title = _("Correct: %(event)s, %(day)s") % {
        "event": EVENT_NAMES[Event(event.event)],
        "day": day_text(event.day),
    }
    return _page(request, case, CorrectionForm(_posted(request)), do, title, _("Continue"), then)


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


def _confirm(
    request: HttpRequest, case: Case, form: forms.Form, title: str | Promise, proposal: Proposal
) -> HttpResponse:
    """The same answers again, hidden, under what they lead to."""
    context = {
        "case": case,
        "case_url": case_url(case),
        "form": form,
        "title": title,
        "proposal": proposal,
        "readers": would_read(case, proposal.history),
    }
    return render(request, "casework/admin/confirm.html", context)


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
    then: Callable[[dict[str, Any]], Proposal] | None = None,
) -> HttpResponse:
    """Show `form`; posted and valid, `do` it. What it refuses is said above the form, which keeps what was typed.

    With `then`, what the family will read is shown first, and it is done when that is confirmed; "Change it" leads
    from there back to what was typed.
    """
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            if then and "confirmed" not in request.POST:
                return _confirm(request, case, form, title, then(form.cleaned_data))
            messages.success(request, do(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(case_url(case))
    return _render(request, case, form, title, button)


def _render(
    request: HttpRequest, case: Case, form: forms.Form, title: str | Promise, button: str | Promise
) -> HttpResponse:
    context = {"case": case, "case_url": case_url(case), "form": form, "title": title, "button": button}
    return render(request, "casework/admin/form.html", context, status=422 if form.errors else 200)
