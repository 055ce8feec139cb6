"""What the portal, as OpenID provider, says of itself, and signing out through it."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import Settings

from accounts.models import SignIn, User
from accounts.provider import keys
from config.settings.base import signing_keys
from tests.accounts.conftest import Visitor
from tests.accounts.relying_party import AFTER_SIGN_OUT, DISCOVERY, RelyingParty, answers, on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A3"), pytest.mark.usefixtures("signs")]


def test_it_says_what_it_can_do_and_offers_nothing_else(payments: RelyingParty) -> None:
    said = payments.configuration
    assert said["issuer"] == f"{django_settings.BASE_URL}/openid"
    assert said["response_types_supported"] == ["code"]
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["id_token_signing_alg_values_supported"] == ["RS256"]
    assert said["subject_types_supported"] == ["pairwise"]
    assert said["scopes_supported"] == ["openid", "email"]


def test_whatever_host_is_asked_the_issuer_is_the_same(payments: RelyingParty) -> None:
    other = payments.wire.get(DISCOVERY, headers={"Host": "localhost"}).json()
    assert other == payments.configuration
    assert payments.wire.get(DISCOVERY, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["applications/", "introspect/", "register/", "device/", "authorized_tokens/", "device-authorization/"],
)
def test_none_of_the_toolkits_other_pages_is_there(sams_browser: Client, path: str) -> None:
    assert sams_browser.get(f"/openid/{path}").status_code == 404


def test_without_a_key_the_site_runs_and_the_provider_is_not_there(
    sams_browser: Client, payments: RelyingParty, settings: Settings
) -> None:
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys("")
    for path in ("authorize/", "go-on/", "token/", "userinfo/", "sign-out/", ".well-known/jwks.json"):
        assert sams_browser.get(f"/openid/{path}").status_code == 404
    assert sams_browser.get("/account/services/").status_code == 200


def test_an_old_key_is_known_while_a_new_one_signs(
    sams_browser: Client, payments: RelyingParty, settings: Settings, pem: str
) -> None:
    before = payments.learns(answers(sams_browser, payments))["tokens"]["id_token"]
    nonce = payments.nonce
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(keys.new() + pem)
    payments.learns(payments.came_back(payments.sends(sams_browser)))
    payments.nonce = nonce
    assert payments.verified(before)


# Signing out


def test_signing_out_of_the_service_signs_out_here_if_the_person_says_so(
    sams_browser: Client, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sams_browser, payments))["tokens"]
    asked = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": AFTER_SIGN_OUT, "state": "s"}
    page = sams_browser.get("/openid/sign-out/", asked)
    assert "You are leaving School payments." in page.content.decode()
    assert sams_browser.get("/account/").status_code == 200
    done = sams_browser.post("/openid/sign-out/", asked | {"allow": "yes"})
    assert on(done) == f"{AFTER_SIGN_OUT}?state=s"
    assert isinstance(sams_browser.get("/account/", follow=True).wsgi_request.user, AnonymousUser)
    assert payments.userinfo(tokens["access_token"]).status_code == 401


def test_what_a_service_signed_out_is_not_listed_as_open(
    visitor: Visitor, sam_parent: User, payments: RelyingParty
) -> None:
    visitor.signs_in(sam_parent)
    visitor.post("/openid/sign-out/", {"client_id": payments.service.client_id, "allow": "yes"})
    assert not visitor.is_signed_in
    assert not SignIn.objects.filter(user=sam_parent, ended_at=None).exists()


def test_who_is_signed_out_already_is_asked_nothing(visitor: Visitor, payments: RelyingParty) -> None:
    assert visitor.get("/openid/sign-out/")["Location"] == "/signed-out/"
    asked = {"client_id": payments.service.client_id, "post_logout_redirect_uri": AFTER_SIGN_OUT}
    assert visitor.get("/openid/sign-out/", query_params=asked)["Location"] == AFTER_SIGN_OUT


@pytest.mark.parametrize(
    "asked",
    [
        {"post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "nobody"},
        {"id_token_hint": "forged"},
        {"id_token_hint": "a.b.c", "post_logout_redirect_uri": AFTER_SIGN_OUT},
    ],
)
def test_a_sign_out_that_is_not_in_order_leads_nowhere(
    sams_browser: Client, payments: RelyingParty, asked: dict[str, str]
) -> None:
    for response in (
        sams_browser.get("/openid/sign-out/", asked),
        sams_browser.post("/openid/sign-out/", asked | {"allow": "y"}),
    ):
        assert response.status_code == 400
    assert sams_browser.get("/account/").status_code == 200
