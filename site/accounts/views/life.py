"""Somebody changes what we hold of her, herself (C5, C6)."""

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import known_browser
from accounts.forms import CodeForm, why_refused
from accounts.identity import checking
from accounts.life import mailbox
from accounts.life.forms import OWN, AsksPassword, EmailForm, OwnForm
from accounts.limits import NEW_MAILBOX
from accounts.masking import masked
from accounts.models import PendingMailbox, User
from accounts.passwords.change import go_on
from accounts.sending_codes import TooManyCodesError, TooSoonError
from accounts.views.password_again import hashing, too_often
from accounts.views.refused import too_many_codes
from core import audit, outbox
from core.access import refuse, signed_in

# In the address of the page for the code: another was sent, or asked for too soon.
NEW, SOON = "new", "soon"


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def change(request: HttpRequest, what: str) -> HttpResponseBase:
    """One page for each of `accounts.life.forms.OWN`."""
    person = cast(User, request.user)
    kind = OWN.get(what)
    if kind is None or not kind.is_for(person):
        refuse(request, "accounts.user", person.pk)
    form = kind(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and isinstance(form, AsksPassword) and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        return render(request, "accounts/life/change.html", {"form": form, "what": what})
    if _save(form, request):
        messages.success(request, _("Your change is saved."))
    return redirect("accounts:account")


def _save(form: OwnForm, request: HttpRequest) -> bool:
    """Whether anything is other than before."""
    with transaction.atomic():
        changed = form.save()
        if not changed:
            return False
        audit.record(
            "account.details-changed", request=request, obj=form.person, reason=", ".join(sorted(changed))
        )
        checking.lapse(form.person, changed, request)
        if form.is_told:
            outbox.put("email_person", {"person": str(form.person.pk), "template": "details-changed"})
    return True


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def new_email(request: HttpRequest) -> HttpResponseBase:
    """Which address it is to be, and her password: then a code goes there."""
    person = cast(User, request.user)
    form = EmailForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        return render(request, "accounts/life/email.html", {"form": form})
    try:
        mailbox.ask(request, person, form.cleaned_data["email"])
    except TooManyCodesError as error:
        return too_many_codes(request, NEW_MAILBOX.most, error.seconds)
    return redirect("accounts:new_email_code")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_email_code(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    pending = mailbox.of(request, person)
    if pending is None:
        return redirect("accounts:new_email")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, pending)
    before = person.email_key
    pending = mailbox.prove(request, person, form.cleaned_data["code"])
    if person.email_key == before:
        form.add_error("code", why_refused(pending))
        return _code_page(request, form, pending)
    go_on(request, person)
    messages.success(request, _("Your email address is changed. Everywhere else you are signed out."))
    response = redirect("accounts:account")
    known_browser.remember(request, response, person.email_key)
    return response


@require_POST
@signed_in
def new_email_again(request: HttpRequest) -> HttpResponseBase:
    """Another code."""
    person = cast(User, request.user)
    if mailbox.of(request, person) is None:
        return redirect("accounts:new_email")
    try:
        mailbox.send_again(request, person)
    except TooSoonError:
        return redirect(f"{reverse('accounts:new_email_code')}?{SOON}=yes")
    except TooManyCodesError as error:
        return too_many_codes(request, NEW_MAILBOX.most, error.seconds)
    return redirect(f"{reverse('accounts:new_email_code')}?{NEW}=yes")


def _code_page(request: HttpRequest, form: CodeForm, pending: PendingMailbox) -> HttpResponse:
    context: Mapping[str, object] = {
        "form": form,
        "address": masked(pending.email),
        "is_new": NEW in request.GET,
        "wait": pending.seconds_to_wait if SOON in request.GET else 0,
        "is_dead": pending.is_dead,
        "problems": [("new-code" if pending.is_dead else id, message) for id, message in form.error_list()],
    }
    return render(request, "accounts/life/email_code.html", context)
