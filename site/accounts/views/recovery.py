"""The pages for whoever cannot sign in: a forgotten password, a forgotten address, a new mailbox.

What is asked for is always answered by the same page; the worker finds out the rest (`accounts.recovery.letters`).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import known_browser
from accounts.guesses import room_for
from accounts.limits import KNOWN_ONE_TIME, KNOWN_RECOVERY, NEW_PASSWORDS, ONE_TIME, RECOVERY
from accounts.models import OneTimePassword, User, email_key
from accounts.passwords.change import Overtaken, replace_password
from accounts.passwords.forms import NewPasswordForm
from accounts.recovery import new_mailbox as mailboxes
from accounts.recovery.forms import ForgottenEmailForm, ForgottenPasswordForm, OneTimeForm
from accounts.views.refused import retry_after, too_many_at_once, too_many_passwords
from accounts.views.sign_in import guesser_of, to_second_step
from core import limiter, outbox
from core.limits import Limit

Purpose = OneTimePassword.Purpose
# In the session of a browser in which a one-time password was typed: which, and the hash that it had.
TYPED = "one-time"
# What nobody has dealt with by then, she has asked for again.
LATE = timedelta(hours=1)

page = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@page
def forgotten_password(request: HttpRequest) -> HttpResponse:
    form = ForgottenPasswordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/forgotten_password.html", {"form": form})
    email = form.cleaned_data["email"]
    return _asked(request, "accounts_recover", [email], {"email": email, **form.said}) or redirect(
        "accounts:one_time"
    )


@sensitive_post_parameters()
@page
def forgotten_email(request: HttpRequest) -> HttpResponse:
    form = ForgottenEmailForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/forgotten_email.html", {"form": form})
    payload = {"emails": form.emails, **form.said}
    return _asked(request, "accounts_remind", form.emails, payload) or redirect("accounts:reminded")


@require_safe
def reminded(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/reminded.html")


@sensitive_post_parameters("one_time")
@page
def one_time(request: HttpRequest) -> HttpResponse:
    """What was sent, and the boxes for the one-time password out of it."""
    form = OneTimeForm(request.POST if request.method == "POST" else None)
    found, refused = _typed(request, form, Purpose.PASSWORD)
    if found is None:
        return refused or render(request, "accounts/one_time.html", {"form": form})
    request.session.cycle_key()
    request.session[TYPED] = [found.pk, found.digest]
    return redirect("accounts:choose_password")


@page
def choose_password(request: HttpRequest) -> HttpResponse:
    """For the browser in which a one-time password was typed."""
    pk, digest = request.session.get(TYPED, (None, ""))
    found = OneTimePassword.objects.usable(Purpose.PASSWORD).filter(pk=pk, digest=digest).first()
    return _choose(request, found)


@page
def choose_password_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever follows the link in the email. To open it uses nothing up: a mail program may do so by itself."""
    return _choose(request, OneTimePassword.objects.by_link(Purpose.PASSWORD, token))


@sensitive_post_parameters("one_time")
@page
def new_mailbox(request: HttpRequest) -> HttpResponse:
    form = OneTimeForm(request.POST if request.method == "POST" else None)
    found, refused = _typed(request, form, Purpose.MAILBOX)
    if found is None:
        return refused or render(request, "accounts/new_mailbox.html", {"form": form})
    return _confirm(request, found)


@page
def new_mailbox_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = OneTimePassword.objects.by_link(Purpose.MAILBOX, token)
    if found is None:
        return _gone(request, is_mailbox=True)
    if request.method != "POST":
        return render(request, "accounts/new_mailbox.html", {"is_link": True})
    return _confirm(request, found)


def _asked(
    request: HttpRequest, kind: str, emails: list[str], payload: dict[str, Any]
) -> HttpResponse | None:
    """Leave it to the worker. The page to show instead, where this network has asked too often."""
    browser = _known(request, emails)
    if wait := _wait(request, KNOWN_RECOVERY if browser else RECOVERY, browser):
        return _too_often(request, wait)
    known = [key for key in map(email_key, emails) if known_browser.browser_of(request, key)]
    outbox.put(kind, payload | {"known": known}, expires_at=timezone.now() + LATE)
    return None


def _known(request: HttpRequest, emails: list[str]) -> str:
    """The name of this browser where it has let one of these in before: it is counted on its own."""
    return known_browser.browser_of_any(request, [email_key(email) for email in emails])


def _wait(request: HttpRequest, limit: Limit, browser: str) -> int:
    network = limiter.network(request)
    return limit.wait(browser or network, network=network)


def _typed(
    request: HttpRequest, form: OneTimeForm, purpose: str
) -> tuple[OneTimePassword | None, HttpResponse | None]:
    """The one-time password that was typed, if it is right; or the page that refuses a network to try on."""
    if not form.is_valid():
        return None, None
    email, typed = form.cleaned_data["email"], form.cleaned_data["one_time"]
    browser = _known(request, [email])
    if wait := _wait(request, KNOWN_ONE_TIME if browser else ONE_TIME, browser):
        return None, _too_often(request, wait)
    found = OneTimePassword.objects.by_typing(purpose, email, typed)
    if found is None:
        form.add_error(
            "one_time",
            _("The email address or the one-time password is not right, or it no longer works. Check both"),
        )
    return found, None


@sensitive_post_parameters()
def _choose(request: HttpRequest, found: OneTimePassword | None) -> HttpResponse:
    if found is None:
        return _gone(request)
    person = found.user
    if request.method != "POST":
        return render(request, "accounts/choose_password.html", {"form": NewPasswordForm(person)})
    if wait := NEW_PASSWORDS.wait(str(person.pk), person=person.pk):
        return too_many_passwords(request, wait)
    with room_for(person) as has_room:
        return _replace(request, person, found) if has_room else too_many_at_once(request)


def _replace(request: HttpRequest, person: User, found: OneTimePassword) -> HttpResponse:
    form = NewPasswordForm(person, request.POST)
    if not form.is_valid():
        return render(request, "accounts/choose_password.html", {"form": form})
    password = form.cleaned_data["new_password"]
    try:
        replace_password(person, password, verb="account.password-reset", request=request, proof=found)
    except Overtaken:
        return _gone(request)
    person.backend = settings.AUTHENTICATION_BACKENDS[0]
    return to_second_step(request, person, guesser_of(request, person.email))


def _confirm(request: HttpRequest, found: OneTimePassword) -> HttpResponse:
    try:
        mailboxes.confirm(found, request=request)
    except (mailboxes.Gone, mailboxes.Taken):
        return _gone(request, is_mailbox=True)
    return render(request, "accounts/new_mailbox_done.html")


def _gone(request: HttpRequest, *, is_mailbox: bool = False) -> HttpResponse:
    return render(request, "accounts/one_time_gone.html", {"is_mailbox": is_mailbox}, status=410)


def _too_often(request: HttpRequest, wait: int) -> HttpResponse:
    context = {"minutes": -(-wait // 60)}
    return retry_after(render(request, "accounts/asked_too_often.html", context, status=429), wait)
