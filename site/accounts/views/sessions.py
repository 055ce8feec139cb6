"""Somebody's own sessions: where she is signed in, and what to do where it was not her."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import session_life
from accounts.models import SignIn, User
from accounts.models.sessions import KEPT_FOR, SignInQuerySet
from accounts.sessions import kept
from accounts.sessions import not_me as links
from core import audit
from core.access import refuse, signed_in

# Of the newest. Nobody reads more, and a busy 90 days has hundreds.
MOST_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sessions(request: HttpRequest) -> HttpResponseBase:
    """Where somebody is signed in, and when she was lately; a post ends one of those sessions."""
    person = cast(User, request.user)
    own = SignIn.objects.visible_to(person)
    if request.method == "POST":
        return _end(request, own)
    life = session_life.Life.of(request.session)
    now = timezone.now()
    rows = list(own[:MOST_SHOWN])
    opened = [row for row in rows if kept.is_open(row, person, now)]
    context = {
        "open": opened,
        "this": life.sign_in if life else "",
        "recent": [row for row in rows if row not in opened],
        "days": KEPT_FOR.days,
    }
    return render(request, "accounts/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest) -> HttpResponse:
    """Where the link of an email leads. Only its button does anything: a mail program may open a link by itself."""
    sign_in = links.sign_in_of(request.GET.get("token", ""))
    if sign_in is None:
        return render(request, "accounts/not_me_too_late.html", status=410)
    is_locked = sign_in.disowned_at is not None
    if request.method == "POST":
        links.lock(sign_in, request)
        is_locked = True
        if request.user.pk == sign_in.user_id:
            # Her session here is over too: the page is not to say that she is signed in.
            logout(request)
    return render(request, "accounts/not_me.html", {"sign_in": sign_in, "is_locked": is_locked})


def _end(request: HttpRequest, own: SignInQuerySet) -> HttpResponse:
    try:
        sign_in = own.filter(pk=request.POST.get("end", "")).first()
    except ValidationError:
        sign_in = None
    if sign_in is None:
        refuse(request, SignIn._meta.label_lower, request.POST.get("end", ""))
    kept.end(sign_in)
    audit.record("account.session-ended", request=request, obj=sign_in)
    messages.success(request, _("You are signed out there: %(device)s.") % {"device": sign_in.device})
    return redirect("accounts:sessions")
