"""The pages of signing in: address and password, then the emailed code."""

import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import known_browser, next_page, session_life, sign_in
from accounts.forms import CodeForm, SignInForm, why_refused
from accounts.guesses import A_MOMENT, BUSY, Guesser
from accounts.limits import BROWSER, SENT_CODES
from accounts.masking import masked
from accounts.models import User, email_key
from accounts.second_steps.ways import may_be_emailed_a_code
from accounts.sending_codes import TooManyCodesError, TooSoonError
from accounts.sign_in import Pending
from accounts.views.refused import retry_after, too_many_codes, too_many_tries
from core import audit, limiter
from core.access import is_signed_in

# In the address of the page for the code: another was asked for too soon.
SOON = "soon"


def half_done(
    view: Callable[[HttpRequest, Pending, User], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A view for somebody between the two steps; whoever is not begins with the first."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        pending = Pending.of(request)
        person = pending.person() if pending else None
        if pending is None or person is None:
            return redirect(next_page.link(request, "accounts:sign_in"))
        return view(request, pending, person)

    return guarded


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if is_signed_in(request):
            return redirect(next_page.after_sign_in(request))
        return _password_page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _password_page(request, form)
    email, password = form.cleaned_data["email"], form.cleaned_data["password"]
    guesser = guesser_of(request, email)
    with guesser.room() as has_room:
        if not has_room:
            form.add_error("password", BUSY)
            return retry_after(_password_page(request, form, status=429), A_MOMENT)
        if wait := guesser.wait():
            return too_many_tries(request, wait)
        person = authenticate(request, username=email, password=password)
    if isinstance(person, User):
        guesser.was_right()
        return to_second_step(request, person, guesser)
    # Looked up for every address, known or not: both answers take as long. It says whose account, never who tried.
    attacked = User.objects.filter(email_key=email_key(email)).first()
    audit.record("account.sign-in-failed", obj=attacked, request=request)
    form.add_error("email", _("The email address or password is not right. Check both and try again"))
    # Its box is empty again: no browser is given a password back.
    form.add_error("password", _("Enter your password again"))
    return _password_page(request, form, was_wrong=True)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@half_done
def code(request: HttpRequest, pending: Pending, person: User) -> HttpResponse:
    # Whoever has an app or a passkey is emailed a code only if she asks, and may.
    if not pending.codes:
        return redirect(next_page.link(request, "accounts:second_step"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, pending, person)
    guesser = guesser_of(request, person.email)
    try:
        is_right = sign_in.finish(request, pending, person, form.cleaned_data["code"], guesser)
    except sign_in.TooManyGuessesError as error:
        return too_many_guesses(request, error.seconds)
    if not is_right:
        person.email_code.refresh_from_db()
        form.add_error("code", why_refused(person.email_code))
        return _code_page(request, form, pending, person)
    return came_in(request, person)


def came_in(request: HttpRequest, person: User) -> HttpResponse:
    """On to where she was bound, with a browser that is known from now on."""
    response = redirect(next_page.after_sign_in(request))
    known_browser.remember(request, response, person.email_key)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@half_done
def new_code(request: HttpRequest, pending: Pending, person: User) -> HttpResponse:
    """Send one. Whoever opens the address by hand, or loads it again, gets the page for the code and no other."""
    if request.method != "POST" or (pending.is_strong and not may_be_emailed_a_code(person)):
        return redirect(next_page.link(request, "accounts:code"))
    try:
        sign_in.send_new_code(request, pending, person, guesser_of(request, person.email))
    except TooSoonError:
        return redirect(next_page.link(request, "accounts:code", **{SOON: "yes"}))
    except TooManyCodesError as error:
        return too_many_codes(request, SENT_CODES.most, error.seconds)
    return redirect(next_page.link(request, "accounts:code"))


def to_second_step(request: HttpRequest, person: User, guesser: Guesser, **query: str) -> HttpResponse:
    """On to the second step, whatever the first was. `query`: `next`, where the request itself does not say it."""
    try:
        pending = sign_in.start_second_step(request, person, person.backend, guesser)
    except TooManyCodesError as error:
        return too_many_codes(request, SENT_CODES.most, error.seconds)
    step = "accounts:second_step" if pending.is_strong else "accounts:code"
    return redirect(next_page.link(request, step, **query))


def guesser_of(request: HttpRequest, email: str) -> Guesser:
    account = email_key(email)
    return Guesser(account, limiter.network(request), known_browser.browser_of(request, account))


def _password_page(
    request: HttpRequest, form: SignInForm, *, was_wrong: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "action": next_page.link(request, "accounts:sign_in"),
        "providers": [
            (one.name, next_page.link(request, "accounts:outside_leave", one.key))
            for one in settings.OUTSIDE_PROVIDERS
        ],
        "register": next_page.link(request, "accounts:register"),
        "has_ended": session_life.has_ended(request.session),
        # Said by whoever kept a post that came too late to be taken (`forms_engine.stash`).
        "has_kept": "kept" in request.GET,
        "was_wrong": was_wrong,
        "tries": BROWSER.most,
        "minutes": BROWSER.seconds // 60,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _code_page(request: HttpRequest, form: CodeForm, pending: Pending, person: User) -> HttpResponse:
    device = person.email_code
    wait = device.seconds_to_wait if SOON in request.GET else 0
    context = {
        "form": form,
        "address": masked(person.email),
        "is_new": pending.codes > 1 and not wait,
        "wait": wait,
        # No code can be typed any more: the button that sends a new one stands in place of the box.
        "is_dead": device.is_dead,
        "problems": [("new-code" if device.is_dead else id, message) for id, message in form.error_list()],
        "action": next_page.link(request, "accounts:code"),
        "new_code": next_page.link(request, "accounts:new_code"),
        "start_again": next_page.link(request, "accounts:sign_in"),
    }
    return render(request, "accounts/code.html", context)


def too_many_guesses(request: HttpRequest, wait: int) -> HttpResponse:
    context = {"hours": math.ceil(wait / 3600)}
    return retry_after(render(request, "accounts/too_many_guesses.html", context, status=429), wait)
