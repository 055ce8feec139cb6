"""Signing in: the second step of whoever has an authenticator app or a passkey."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_otp import verify_token
from django_otp.models import Device

from accounts import next_page, sign_in
from accounts.models import User
from accounts.second_steps import changes
from accounts.second_steps.forms import AppCodeForm, RecoveryCodeForm
from accounts.second_steps.ways import Ways, may_be_emailed_a_code
from accounts.sign_in import Pending
from accounts.views.sign_in import came_in, guesser_of, half_done, too_many_guesses
from core import lazily
from core.govuk.forms import GovukForm

Step = Callable[[HttpRequest, Pending, User, Ways], HttpResponse]


passkeys = lazily.module("accounts.second_steps.passkeys")


def stronger(view: Step) -> Callable[[HttpRequest], HttpResponse]:
    """A view for somebody between the two steps who has an app or a passkey; others have their emailed code."""

    @half_done
    @wraps(view)
    def guarded(request: HttpRequest, pending: Pending, person: User) -> HttpResponse:
        if not pending.is_strong:
            return redirect(next_page.link(request, "accounts:code"))
        return view(request, pending, person, Ways.of(person))

    return guarded


@require_safe
@stronger
def second_step(request: HttpRequest, pending: Pending, person: User, ways: Ways) -> HttpResponse:
    """The way that is asked for first: a passkey, where this address can have one."""
    is_passkey = ways.passkeys and (passkeys.can_be_used(request) or not ways.app)
    return redirect(next_page.link(request, "accounts:passkey" if is_passkey else "accounts:app"))


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@stronger
def app(request: HttpRequest, pending: Pending, person: User, ways: Ways) -> HttpResponse:
    device = ways.app
    if device is None:
        return redirect(next_page.link(request, "accounts:second_step"))
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        answer = _try(lambda: verify_token(person, device.persistent_id, code), request, pending, person)
        if answer:
            return answer
        form.add_error(
            "code", _("That code is not right. Each works once, and for half a minute. Wait for the next")
        )
    words = _("Open your authenticator app. Type the 6 numbers that it shows for this site.")
    return _page(request, person, ways, heading=_("Code from your app"), words=words, form=form)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@stronger
def recovery_code(request: HttpRequest, pending: Pending, person: User, ways: Ways) -> HttpResponse:
    device = ways.recovery
    if device is None or not ways.codes_left:
        return redirect(next_page.link(request, "accounts:second_step"))
    form = RecoveryCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        answer = _try(lambda: verify_token(person, device.persistent_id, code), request, pending, person)
        if answer:
            if answer.status_code == 302:
                changes.tell(request, person, changes.CODE_USED)
            return answer
        form.add_error(
            "code", _("That code is not right, or it was used before. Use the next one of your list")
        )
    words = _("Type one of the codes that you printed or wrote down. Each works once: cross it out.")
    return _page(request, person, ways, heading=_("Use a recovery code"), words=words, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@stronger
def passkey(request: HttpRequest, pending: Pending, person: User, ways: Ways) -> HttpResponse:
    if not ways.passkeys:
        return redirect(next_page.link(request, "accounts:second_step"))
    problems = []
    if request.method == "POST":
        said = request.POST.get("answer", "")
        answer = _try(lambda: passkeys.check(request, person, said), request, pending, person)
        if answer:
            return answer
        problems = [("use-passkey", _("The passkey did not work in this browser. Try again, or another way"))]
    return _page(
        request,
        person,
        ways,
        heading=_("Use your passkey"),
        words=_("Your browser asks for your finger, your face, your PIN or your security key."),
        options_json=json.dumps(passkeys.ask(request, person)),
        problems=problems,
    )


def _try(
    check: Callable[[], Device | None], request: HttpRequest, pending: Pending, person: User
) -> HttpResponse | None:
    """The page to answer with: the one she was bound for, or the one that says that it was too often. None: wrong."""
    try:
        is_right = sign_in.finish_by(check, request, pending, person, guesser_of(request, person.email))
    except sign_in.TooManyGuessesError as error:
        return too_many_guesses(request, error.seconds)
    return came_in(request, person) if is_right else None


def _page(
    request: HttpRequest, person: User, ways: Ways, *, form: GovukForm | None = None, **context: Any
) -> HttpResponse:
    here = request.path
    others = {
        next_page.link(request, "accounts:passkey"): bool(ways.passkeys) and _("Use a passkey"),
        next_page.link(request, "accounts:app"): bool(ways.app) and _("Use a code from your app"),
        next_page.link(request, "accounts:recovery_code"): bool(ways.codes_left) and _("Use a recovery code"),
    }
    if form:
        context |= {"form": form, "problems": form.error_list()}
    context |= {
        "others": {url: words for url, words in others.items() if words and url.partition("?")[0] != here},
        "new_code": next_page.link(request, "accounts:new_code") if may_be_emailed_a_code(person) else "",
        "start_again": next_page.link(request, "accounts:sign_in"),
        "action": next_page.link(request, request.resolver_match.view_name)
        if request.resolver_match
        else here,
    }
    return render(request, "accounts/second_step.html", context)
