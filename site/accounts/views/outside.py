"""Coming in through an outside identity service (A2), registering with one, joining one, and taking it away again.

It takes the place of the password and of nothing else: the emailed code is asked for all the same.
"""

import logging
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import known_browser, next_page
from accounts.backends import BACKEND
from accounts.life.forms import PasswordAgainForm
from accounts.limits import LEAVING, RETURNS
from accounts.models import ExternalIdentity, User
from accounts.outside import joining
from accounts.outside.errors import NotProvedError
from accounts.outside.journey import OnTheWay, Proved, Vouched, provider_named, provider_of
from accounts.outside.providers import OutsideProvider
from accounts.views.password_again import hashing, too_often
from accounts.views.refused import too_many_tries
from accounts.views.sign_in import guesser_of, to_second_step
from core import audit, limiter
from core.access import is_signed_in, refuse, signed_in

logger = logging.getLogger(__name__)


@require_safe
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider, to sign in here with what it says."""
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    return _leave(request, OnTheWay(key, bound_for=next_page.asked_for(request)))


@require_safe
def leave_to_register(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider, to make an account here with what it vouches for."""
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    return _leave(request, OnTheWay(key, registers=True, bound_for=next_page.asked_for(request)))


def _leave(request: HttpRequest, sent: OnTheWay) -> HttpResponse:
    provider, network = _provider(sent.key), limiter.network(request)
    if wait := LEAVING.wait(known_browser.own_name(request) or network, network=network):
        return too_many_tries(request, wait)
    return redirect(sent.leave(request, provider))


@require_safe
@signed_in
def leave_to_join(request: HttpRequest, key: str) -> HttpResponseBase:
    """To the provider, to join what it says to this account."""
    provider = _provider(key)
    return redirect(OnTheWay(key, joins=str(request.user.pk)).leave(request, provider))


@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """From the provider. Only who was sent there from this browser has it asked who she is, and that is counted."""
    provider, network = _provider(key), limiter.network(request)
    try:
        sent = OnTheWay.back(request, provider)
    except NotProvedError as error:
        logger.info("A return from %s that led nowhere: %s", provider.key, error)
        return render(request, "accounts/outside/failed.html", {"provider": provider}, status=400)
    who = known_browser.own_name(request) or network
    if wait := RETURNS.wait(who, network=network):
        return too_many_tries(request, wait)
    try:
        claims = sent.claims(request, provider)
        came = _join_next if sent.joins else _come_in
        response = came(request, provider, sent, claims)
    except NotProvedError as error:
        logger.warning("A sign-in with %s came to nothing: %s", provider.key, error)
        audit.record("account.outside-failed", request=request, reason=provider.key)
        return render(request, "accounts/outside/failed.html", {"provider": provider}, status=400)
    limiter.take_back(RETURNS.scope, who)
    return response


def _come_in(
    request: HttpRequest, provider: OutsideProvider, sent: OnTheWay, claims: dict[str, Any]
) -> HttpResponse:
    query = {next_page.FIELD: sent.bound_for} if sent.bound_for else {}
    found = ExternalIdentity.objects.filter(issuer=provider.issuer, subject=claims["sub"])
    identity = found.select_related("user").first()
    if identity is None:
        return _register_next(request, provider, sent, claims, query)
    person = identity.user
    # A locked account opens by a new password, and by nothing else.
    if not person.is_active or person.is_locked:
        raise NotProvedError("the account is closed or locked")
    person.backend = BACKEND
    ExternalIdentity.objects.filter(pk=identity.pk).update(used_at=timezone.now())
    return to_second_step(request, person, guesser_of(request, person.email), **query)


def _register_next(
    request: HttpRequest,
    provider: OutsideProvider,
    sent: OnTheWay,
    claims: dict[str, Any],
    query: dict[str, str],
) -> HttpResponse:
    """No account is joined to it: to the form that makes one, or to the question whether there is one."""
    if sent.registers and not is_signed_in(request):
        Vouched.by(provider, claims, Vouched.kept(request)).keep(request)
        return redirect(reverse("accounts:register", query=query))
    context = {
        "provider": provider,
        "join": reverse("accounts:outside"),
        "register": reverse("accounts:register", query=query),
        "register_with": reverse("accounts:outside_leave_to_register", args=[provider.key], query=query),
    }
    return render(request, "accounts/outside/stranger.html", context)


def _join_next(
    request: HttpRequest, provider: OutsideProvider, sent: OnTheWay, claims: dict[str, Any]
) -> HttpResponse:
    if not is_signed_in(request) or str(request.user.pk) != sent.joins:
        raise NotProvedError("somebody else is signed in")
    Proved(provider.key, claims["sub"], sent.joins).keep(request)
    return redirect("accounts:outside_join", sent.key)


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@hashing
def join(request: HttpRequest, key: str) -> HttpResponseBase:
    """The question whether the two are to be joined, once both are proved; and its answer, with her password.

    Whoever comes upon an open browser joins nothing of their own to it.
    """
    provider = _provider(key)
    proved = Proved.of(request, provider)
    if proved is None:
        return redirect("accounts:outside")
    person = cast(User, request.user)
    form = PasswordAgainForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        return render(request, "accounts/outside/join.html", {"provider": provider, "form": form})
    Proved.forget(request)
    try:
        joining.join(person, provider, proved.subject, request)
    except IntegrityError:
        return render(request, "accounts/outside/failed.html", {"provider": provider}, status=400)
    messages.success(request, _("You can now sign in with %(name)s.") % {"name": provider.name})
    return redirect("accounts:outside")


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponseBase:
    mine = ExternalIdentity.objects.filter(user=cast(User, request.user)).order_by("joined_at")
    joined = [(identity, provider_named(identity.issuer)) for identity in mine]
    if not joined and not settings.OUTSIDE_PROVIDERS:
        raise Http404("There are no outside providers")
    issuers = {identity.issuer for identity, _name in joined}
    others = [provider for provider in settings.OUTSIDE_PROVIDERS if provider.issuer not in issuers]
    return render(request, "accounts/outside/overview.html", {"joined": joined, "others": others})


@require_POST
@signed_in
def take_away(request: HttpRequest, identity_id: UUID) -> HttpResponseBase:
    person = cast(User, request.user)
    identity = ExternalIdentity.objects.filter(pk=identity_id, user=person).first()
    if identity is None:
        refuse(request, "accounts.externalidentity", identity_id)
    name = provider_named(identity.issuer)
    if person.is_locked:
        messages.error(request, _("Choose a password first: without one you could not sign in any more."))
        return redirect("accounts:outside")
    joining.take_away(identity, request)
    messages.success(request, _("You can no longer sign in with %(name)s.") % {"name": name})
    return redirect("accounts:outside")


def _provider(key: str) -> OutsideProvider:
    provider = provider_of(key)
    if provider is None:
        raise Http404("No such provider")
    return provider
