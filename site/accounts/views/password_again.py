"""Asking somebody who is signed in for her password once more, and how much of that is borne at once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.guesses import room_for
from accounts.life.forms import AsksPassword
from accounts.limits import CURRENT
from accounts.models import User
from accounts.passwords.forms import ChangePasswordForm
from accounts.views.refused import too_many_at_once, too_many_tries
from core import audit, limiter

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def hashing(view: View[Rest]) -> View[Rest]:
    """A view for people who are signed in, whose posts hash passwords: few of one person at the same moment."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with room_for(cast(User, request.user)) as has_room:
            return view(request, *args, **kwargs) if has_room else too_many_at_once(request)

    return guarded


def too_often(request: HttpRequest, form: AsksPassword | ChangePasswordForm) -> HttpResponse | None:
    """What to say to whoever has typed a wrong password too often; None where `form` may be looked at.

    For views that are `hashing`.
    """
    who = str(form.person.pk)
    # Counted before any hash is worked out; a right password is taken back.
    if wait := CURRENT.wait(who, person=form.person.pk, network=limiter.network(request)):
        return too_many_tries(request, wait)
    form.is_valid()
    if form.has_error("current", "wrong"):
        audit.record("account.password-refused", request=request, obj=form.person)
    else:
        limiter.take_back(CURRENT.scope, who)
    return None
