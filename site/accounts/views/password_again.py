"""Asking somebody who is signed in for her password once more."""

from django.http import HttpRequest, HttpResponse

from accounts.life.forms import PasswordAgainForm
from accounts.limits import CURRENT
from accounts.passwords.forms import ChangePasswordForm
from accounts.views.refused import too_many_tries
from core import audit, limiter


def too_often(request: HttpRequest, form: PasswordAgainForm | ChangePasswordForm) -> HttpResponse | None:
    """What to say to whoever has typed a wrong password too often; None where `form` may be looked at."""
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
