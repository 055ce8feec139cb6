"""Somebody closes her own account."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.life import closing
from accounts.life.forms import PasswordAgainForm
from accounts.models import User
from accounts.models.closed import ADDRESS_KEPT_FOR
from accounts.models.sessions import KEPT_FOR
from accounts.views.password_again import hashing, too_often
from accounts.views.session import left
from core.access import refuse, signed_in

DAYS = {"address_days": ADDRESS_KEPT_FOR.days, "sign_in_days": KEPT_FOR.days}


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def close(request: HttpRequest) -> HttpResponseBase:
    person = cast(User, request.user)
    if not closing.may_close(person):
        refuse(request, "accounts.user", person.pk)
    form = PasswordAgainForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        return render(request, "accounts/life/close.html", {"form": form, **DAYS})
    closing.close(person, request)
    return left(request, "accounts:closed")


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Says nothing of anybody: whoever comes here by hand reads the same."""
    return render(request, "accounts/life/closed.html", DAYS)
