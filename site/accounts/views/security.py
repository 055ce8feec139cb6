"""Somebody's own second steps: the council's people set up an app or a passkey, and print recovery codes (B11)."""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import next_page, session_life
from accounts.access import may_enter_admin
from accounts.life.forms import PasswordAgainForm
from accounts.models import Passkey, User
from accounts.second_steps import app, changes
from accounts.second_steps.forms import AppCodeForm, PasskeyForm, PasskeyNameForm
from accounts.second_steps.ways import Ways, needs_stronger
from accounts.views.password_again import hashing, too_often
from core import lazily
from core.access import refuse, signed_in
from core.council import council_settings

passkeys = lazily.module("accounts.second_steps.passkeys")

# In the session: when the password was last given again (seconds since 1970), and the key of an app not yet set up.
CONFIRMED = "password-at"
KEY = "app-key"
FRESH_SECONDS = 10 * 60

View = Callable[[HttpRequest], HttpResponseBase]
page = require_http_methods(["GET", "HEAD", "POST"])


def for_staff(view: View) -> View:
    """A view for the council's own people: families have their emailed code."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not may_enter_admin(cast(User, request.user)):
            refuse(request, "second steps", None)
        return view(request)

    return guarded


def freshly_confirmed(view: View) -> View:
    """A view for whoever has given her password within ten minutes; others give it, and begin anew."""

    @for_staff
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        life = session_life.Life.of(request.session)
        given = max(life.began if life else 0, request.session.get(CONFIRMED, 0))
        if time.time() - given <= FRESH_SECONDS:
            return view(request)
        back = request.path if request.method != "POST" else resolve_url("accounts:security")
        return redirect(f"{resolve_url('accounts:confirm')}?{urlencode({next_page.FIELD: back})}")

    return guarded


@sensitive_post_parameters("current")
@page
@signed_in
@hashing
def confirm(request: HttpRequest) -> HttpResponseBase:
    """The password again, before something is changed that keeps strangers out."""
    person = cast(User, request.user)
    form = PasswordAgainForm(person, request.POST if request.method == "POST" else None)
    action = next_page.link(request, "accounts:confirm")
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if form.is_valid():
        request.session[CONFIRMED] = time.time()
        return redirect(next_page.asked_for(request) or "accounts:account")
    return render(request, "accounts/confirm.html", {"form": form, "action": action})


@require_safe
@for_staff
def overview(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    context = {
        "ways": Ways.of(person),
        "needs_stronger": needs_stronger(person, person.otp_device),
        "passkeys_work": passkeys.can_be_used(request),
    }
    return render(request, "accounts/security.html", context)


@sensitive_post_parameters("code")
@page
@freshly_confirmed
def set_up_app(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    key: str = request.session.setdefault(KEY, app.new_key())
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = app.confirm(person, key, form.cleaned_data["code"])
        if device:
            del request.session[KEY]
            changes.added(request, device, changes.APP_ADDED)
            messages.success(request, _("Your app is set up."))
            return _next(person)
        form.add_error(
            "code", _("That code is not right. Look at the app again, and type the code that it shows now")
        )
    address = app.address_of(key, person, council_settings(request).service_name)
    context = {"form": form, "picture": app.picture_of(address), "key": app.text_of(key)}
    return render(request, "accounts/set_up_app.html", context)


@page
@freshly_confirmed
def add_passkey(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        passkey = passkeys.add(request, person, form.cleaned_data["answer"], form.cleaned_data["name"])
        if passkey:
            changes.added(request, passkey, changes.PASSKEY_ADDED)
            messages.success(request, _("The passkey is added."))
            return _next(person)
        form.add_error("name", _("Your browser made no passkey. Try again, or set up an app in its place"))
    options = json.dumps(passkeys.ask_for_new(request, person))
    return render(request, "accounts/add_passkey.html", {"form": form, "options_json": options})


@page
@for_staff
def rename_passkey(request: HttpRequest) -> HttpResponseBase:
    """Another name for `what`: it opens no more and no less by that."""
    passkey = _own_passkey(request, request.GET.get("what", ""))
    posted = request.POST if request.method == "POST" else None
    form = PasskeyNameForm(posted, initial={"name": passkey.name})
    if form.is_valid():
        passkey.name = form.cleaned_data["name"]
        passkey.save(update_fields=["name"])
        messages.success(request, _("The passkey has its new name."))
        return redirect("accounts:security")
    return render(request, "accounts/rename_passkey.html", {"form": form, "name": passkey.name})


@page
@freshly_confirmed
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """The codes are shown in the answer to the post, and never again."""
    person = cast(User, request.user)
    context: dict[str, Any] = {"ways": Ways.of(person)}
    if request.method == "POST":
        context["codes"] = changes.make_codes(request, person)
    return render(request, "accounts/recovery_codes.html", context)


@require_POST
@freshly_confirmed
def remove(request: HttpRequest) -> HttpResponseBase:
    person, what = cast(User, request.user), request.POST.get("what", "")
    if (app_of_hers := Ways.of(person).app) and what == app.NAME:
        changes.remove(request, person, app_of_hers)
    else:
        changes.remove(request, person, _own_passkey(request, what))
    messages.success(request, _("It is taken away, and opens nothing any more."))
    return redirect("accounts:security")


def _own_passkey(request: HttpRequest, what: str) -> Passkey:
    own = {str(one.pk): one for one in Ways.of(cast(User, request.user)).passkeys}
    if what not in own:
        refuse(request, Passkey._meta.label_lower, None)
    return own[what]


def _next(person: User) -> HttpResponse:
    """Codes on paper belong to the first app or passkey: a phone gets lost."""
    return redirect("accounts:security" if Ways.of(person).codes_left else "accounts:recovery_codes")
