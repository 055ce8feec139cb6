"""Somebody's own account: what we hold, and a new password."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.life.closing import may_close
from accounts.life.council_deeds import SHOWN_FOR, deeds
from accounts.life.overview import rows
from accounts.limits import NEW_PASSWORDS
from accounts.models import User
from accounts.passwords.change import Overtaken, go_on, replace_password
from accounts.passwords.forms import ChangePasswordForm
from accounts.views.password_again import hashing, too_often
from accounts.views.refused import too_many_passwords
from core.access import signed_in


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    return render(request, "accounts/account.html", {"rows": rows(person), "may_close": may_close(person)})


@require_safe
@signed_in
def council(request: HttpRequest) -> HttpResponseBase:
    """What people at the council did with somebody's account."""
    found = deeds(cast(User, request.user), timezone.now())
    return render(request, "accounts/council.html", {"deeds": found, "days": SHOWN_FOR.days})


@sensitive_post_parameters("current", "new_password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def change_password(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    if request.method != "POST":
        return _change_page(request, ChangePasswordForm(person))
    if wait := NEW_PASSWORDS.wait(str(person.pk), person=person.pk):
        return too_many_passwords(request, wait)
    form = ChangePasswordForm(person, request.POST)
    if answer := too_often(request, form):
        return answer
    return _change(request, person, form) if form.is_valid() else _change_page(request, form)


def _change(request: HttpRequest, person: User, form: ChangePasswordForm) -> HttpResponse:
    password = form.cleaned_data["new_password"]
    try:
        replace_password(person, password, verb="account.password-changed", request=request)
    except Overtaken:
        form.add_error("current", _("Your password was changed in another window. Type the one you have now"))
        return _change_page(request, form)
    go_on(request, person)
    messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
    return redirect("accounts:account")


def _change_page(request: HttpRequest, form: ChangePasswordForm) -> HttpResponse:
    return render(request, "accounts/change_password.html", {"form": form})
