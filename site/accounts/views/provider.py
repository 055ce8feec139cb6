"""The portal as OpenID provider (A3): it tells another service who is signed in here, if she says so.

The protocol is django-oauth-toolkit's; who may be told of whom is decided here and in `accounts.provider`.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauth2_provider.http import OAuth2ResponseRedirect
from oauth2_provider.settings import oauth2_settings
from oauth2_provider.views import (
    ConnectDiscoveryInfoView,
    JwksInfoView,
    RevokeTokenView,
    TokenView,
    UserInfoView,
)
from oauth2_provider.views.mixins import OAuthLibMixin
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import AccessDeniedError, InvalidRequestError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import ConsentRequired, LoginRequired

from accounts import next_page, session_life
from accounts.backends import BACKEND
from accounts.life.forms import PasswordAgainForm
from accounts.limits import SECRETS
from accounts.models import Service, ServiceConsent, User
from accounts.provider import consents
from accounts.views.password_again import hashing, too_often
from accounts.views.refused import retry_after
from accounts.views.sign_in import guesser_of, to_second_step
from core import audit, limiter
from core.access import is_signed_in

View = Callable[[HttpRequest], HttpResponseBase]

# Of seconds that a sign-in can be old: no session lasts for so many.
MOST_DIGITS = 9


def where_on(view: View) -> View:
    """A view that is there only where the portal has a key to sign with."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not oauth2_settings.OIDC_ENABLED:
            raise Http404("No key to sign with")
        sent = (*request.GET.values(), *request.POST.values(), request.META["QUERY_STRING"])
        if any("\0" in text for text in sent) or _is_badly_spelt(sent[-1]):
            raise BadRequest("No text has this character")
        return view(request)

    return guarded


def _is_badly_spelt(query: str) -> bool:
    """Whether a percent sign stands for nothing. oauthlib stops at one."""
    return any(
        len(rest) < 2 or not set(rest[:2]) <= set("0123456789abcdefABCDEF") for rest in query.split("%")[1:]
    )


def few_wrong(view: View) -> View:
    """A view that services open with their secret. Each wrong one costs a hash, so that they are counted first."""

    @wraps(view)
    def limited(request: HttpRequest) -> HttpResponseBase:
        network = limiter.network(request)
        if wait := SECRETS.wait(network, network=network):
            return retry_after(JsonResponse({"error": "slow_down"}, status=429), wait)
        response = view(request)
        if response.status_code != 401:
            limiter.take_back(SECRETS.scope, network)
        return response

    return limited


@dataclass(frozen=True)
class Asked:
    """What a service asks for, once it is known to be allowed to."""

    service: Service
    scopes: list[str]
    credentials: dict[str, Any]
    prompts: frozenset[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """From the address, on a post too. Raises OAuthToolkitError; FatalClientError where nobody may be told."""
        scopes, found = OAuthLibMixin.get_oauthlib_core().validate_authorization_request(request)
        names = ("client_id", "redirect_uri", "response_type", "state", "nonce")
        credentials = {name: found.get(name) for name in names} | {"resource": []}
        challenge, method = found.get("code_challenge"), found.get("code_challenge_method")
        # The toolkit lets an empty one through to the exchange, which then fails.
        if not challenge or method != "S256":
            error = InvalidRequestError("A code_challenge by S256 is needed", state=found.get("state"))
            raise OAuthToolkitError(error=error, redirect_uri=found["redirect_uri"])
        credentials |= {"code_challenge": challenge, "code_challenge_method": method}
        service = Service.objects.get(client_id=found["client_id"])
        return cls(service, scopes, credentials, frozenset(request.GET.get("prompt", "").split()))

    def refused(self, error: type[OAuth2Error]) -> OAuthToolkitError:
        """What to raise to send the person back with that error."""
        said = error(state=self.credentials["state"])
        return OAuthToolkitError(error=said, redirect_uri=self.credentials["redirect_uri"])


@sensitive_post_parameters("current")
@require_http_methods(["GET", "HEAD", "POST"])
@where_on
def authorize(request: HttpRequest) -> HttpResponseBase:
    """Lead somebody back to the service with a code, once she is signed in and has let it know who she is."""
    try:
        return _answer(request, Asked.of(request))
    except FatalClientError:
        return render(request, "accounts/provider/refused.html", status=400)
    except OAuthToolkitError as error:
        wrong = error.oauthlib_error
        return to_service(
            request, add_params_to_uri(wrong.redirect_uri, [*wrong.twotuples, ("iss", _issuer())])
        )


def _answer(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    may_ask = "none" not in asked.prompts
    has_to_sign_in = not is_signed_in(request) or "login" in asked.prompts or _is_too_long_ago(request)
    if has_to_sign_in:
        if not may_ask:
            raise asked.refused(LoginRequired)
        return _sign_in_again(request, asked) if is_signed_in(request) else redirect_to_login(_after(request))
    person = cast(User, request.user)
    if request.method == "POST":
        return _decided(request, asked, person)
    consent = consents.standing(person, asked.service)
    if consent and set(asked.scopes) <= set(consent.scopes) and "consent" not in asked.prompts:
        return _with_code(request, asked, consent)
    if not may_ask:
        raise asked.refused(ConsentRequired)
    context = {"service": asked.service, "gets_email": "email" in asked.scopes}
    return render(request, "accounts/provider/consent.html", context)


@hashing
def _sign_in_again(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """Both steps anew, for somebody who is signed in (`prompt=login`, `max_age`): OpenID Connect Core, 3.1.2.1.

    A link on any page in the world may lead here: nothing changes before she has typed her password.
    """
    person = cast(User, request.user)
    form = PasswordAgainForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := too_often(request, form)):
        return answer
    if not form.is_valid():
        context = {"form": form, "service": asked.service, "person": person, "after": _after(request)}
        return render(request, "accounts/provider/sign_in_again.html", context)
    person.backend = BACKEND
    after = {next_page.FIELD: _after(request)}
    return to_second_step(request, person, guesser_of(request, person.email), **after)


def _after(request: HttpRequest) -> str:
    """Where she goes on once she has signed in: to the same question, without the wish that she does.

    The service sees by `auth_time` when she did.
    """
    question = request.GET.copy()
    prompts = [prompt for prompt in question.pop("prompt", [""])[-1].split() if prompt != "login"]
    question.pop("max_age", None)
    if prompts:
        question["prompt"] = " ".join(prompts)
    return f"{reverse('oauth2_provider:go_on')}?{question.urlencode()}"


def _decided(request: HttpRequest, asked: Asked, person: User) -> HttpResponseBase:
    if request.POST.get("answer") != "yes":
        audit.record("service.refused", request=request, obj=asked.service)
        raise asked.refused(AccessDeniedError)
    return _with_code(request, asked, consents.give(person, asked.service, asked.scopes, request))


def _with_code(request: HttpRequest, asked: Asked, consent: ServiceConsent) -> HttpResponseBase:
    address, _headers, _body, _status = OAuthLibMixin.get_oauthlib_core().create_authorization_response(
        request, asked.scopes, asked.credentials, allow=True
    )
    audit.record("service.opened", request=request, obj=asked.service)
    ServiceConsent.objects.filter(pk=consent.pk).update(
        used_at=timezone.now(), epoch=consent.user.session_epoch
    )
    return to_service(request, address)


def _is_too_long_ago(request: HttpRequest) -> bool:
    """Whether the service asks for a sign-in that is younger than this one (`max_age`, in seconds)."""
    most, life = request.GET.get("max_age", ""), session_life.Life.of(request.session)
    if life is None or not most.isdecimal() or len(most) > MOST_DIGITS:
        return False
    return time.time() - life.began > int(most)


def to_service(request: HttpRequest, address: str) -> HttpResponseBase:
    """Lead on to a service. A post is answered by a page that leads there by itself.

    Browsers hold the content policy's `form-action 'self'` against the redirects after a post too.
    """
    if request.method == "POST":
        return render(request, "accounts/provider/go_on.html", {"address": address})
    response: HttpResponse = OAuth2ResponseRedirect(address, oauth2_settings.ALLOWED_REDIRECT_URI_SCHEMES)
    return response


@require_safe
@where_on
def go_on(request: HttpRequest) -> HttpResponseBase:
    """Where the post of the sign-in page ends, before it goes on to the service: see `to_service`."""
    address = f"{reverse('oauth2_provider:authorize')}?{request.META['QUERY_STRING']}"
    return render(request, "accounts/provider/go_on.html", {"address": address})


@require_safe
@where_on
def discovery(request: HttpRequest) -> HttpResponse:
    """What the portal can do, as the standard has it; without what the toolkit would list besides."""
    response = ConnectDiscoveryInfoView.as_view()(request)
    ours = {
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["sub", "email"],
        "prompt_values_supported": ["none", "login", "consent"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "revocation_endpoint": f"{_issuer()}/revoke/",
    }
    return JsonResponse(json.loads(response.content) | ours)


def _issuer() -> str:
    return str(oauth2_settings.OIDC_ISS_ENDPOINT)


token = sensitive_post_parameters()(where_on(few_wrong(TokenView.as_view())))
revoke = sensitive_post_parameters()(where_on(few_wrong(RevokeTokenView.as_view())))
userinfo = where_on(UserInfoView.as_view())
jwks = where_on(JwksInfoView.as_view())
