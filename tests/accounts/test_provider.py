"""Another service asks the portal who somebody is, and is told what she lets it know and nothing more."""

import datetime as dt
import html
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_id_token_model,
    get_refresh_token_model,
)
from pytest_django import Settings

from accounts.models import EmailCode, Service, ServiceConsent, User
from accounts.provider import keys
from config.settings.base import signing_keys
from core import periodic
from core.models import AuditEntry
from core.registry import Registry
from tests.accounts.conftest import Visitor
from tests.accounts.relying_party import AFTER_SIGN_OUT, DISCOVERY, REDIRECT, RelyingParty
from tests.conftest import sign_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A3")]


@pytest.fixture(scope="session")
def pem() -> str:
    return keys.new()


@pytest.fixture(autouse=True)
def _signs(pem: str, settings: Settings) -> None:
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(pem)


@pytest.fixture
def payments(db: None) -> RelyingParty:
    return RelyingParty()


@pytest.fixture
def sam(signed_in_client: Callable[[User], Client], sam_parent: User) -> Client:
    """A parent's browser."""
    return signed_in_client(sam_parent)


def on(response: Any) -> str:
    """Where the page leads by itself that answers a post."""
    assert response.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def answers(browser: Client, party: RelyingParty, answer: str = "yes", **changed: str) -> dict[str, str]:
    """Somebody reads the question and answers it; what her browser then brings the service."""
    page = party.sends(browser, **changed)
    assert page.status_code == 200
    posted = browser.post(page.wsgi_request.get_full_path(), {"answer": answer})
    return party.reads(on(posted))


def only(name: str) -> Registry[periodic.Work]:
    """The periodic work of that name, and no other."""
    works: Registry[periodic.Work] = Registry("one")
    works.register(name, periodic.periodic.get(name))
    return works


def verbs() -> list[str]:
    found = AuditEntry.objects.filter(verb__startswith="service.").order_by("pk")
    return list(found.values_list("verb", flat=True))


# Who somebody is


def test_a_parent_who_is_signed_in_opens_the_service_and_types_nothing(
    sam: Client, payments: RelyingParty
) -> None:
    first = payments.learns(answers(sam, payments))
    again = payments.learns(payments.came_back(payments.sends(sam)))
    assert again["sub"] == first["sub"]
    assert verbs() == ["service.allowed", "service.opened", "service.opened"]
    assert AuditEntry.objects.filter(verb="service.opened", object_id=payments.service.pk).count() == 2


def test_who_is_not_signed_in_signs_in_on_the_way_with_both_steps(
    visitor: Visitor, sam_parent: User, payments: RelyingParty
) -> None:
    sent_away = payments.sends(visitor.client)
    assert sent_away["Location"].startswith("/sign-in/?next=/openid/go-on/")
    bound_for = visitor.get(sent_away["Location"]).wsgi_request.GET["next"]
    done = visitor.signs_in(sam_parent, next=bound_for)
    # The post of the code ends on a page of this site: the browser would not follow it to another.
    assert done["Location"] == bound_for
    question = visitor.get(on(visitor.get(done["Location"])))
    assert "School payments wants to know who you are" in question.content.decode()
    posted = visitor.post(question.wsgi_request.get_full_path(), {"answer": "yes"})
    assert payments.learns(payments.reads(on(posted)))["sub"]


def test_the_first_step_alone_opens_no_service(
    visitor: Visitor, sam_parent: User, payments: RelyingParty
) -> None:
    visitor.types_password(sam_parent.email)
    assert payments.sends(visitor.client)["Location"].startswith("/sign-in/")


def test_a_session_without_the_second_step_opens_no_service(sam: Client, payments: RelyingParty) -> None:
    EmailCode.objects.all().delete()
    assert payments.sends(sam)["Location"].startswith("/sign-in/")


def test_the_service_gets_a_number_and_nothing_else(
    sam: Client, sam_parent: User, payments: RelyingParty
) -> None:
    told = payments.learns(answers(sam, payments))
    tokens = told.pop("tokens")
    assert set(told) == {"sub"}
    claims = payments.verified(tokens["id_token"])
    assert set(claims) == {"aud", "iat", "nonce", "at_hash", "sub", "iss", "exp", "auth_time", "jti"}
    assert claims["exp"] - claims["iat"] <= 300
    assert tokens["expires_in"] == 300
    assert str(sam_parent.pk) not in str(claims)


def test_the_email_address_goes_only_to_a_service_that_is_registered_for_it(
    sam: Client, sam_parent: User, payments: RelyingParty
) -> None:
    meals = RelyingParty(gets_email=True, name="School meals")
    assert payments.came_back(payments.sends(sam, scope="openid email"))["error"] == "invalid_scope"
    page = meals.sends(sam).content.decode()
    assert "your email address" in page
    assert meals.learns(answers(sam, meals))["email"] == sam_parent.email


def test_two_services_cannot_compare_whom_they_know(sam: Client, payments: RelyingParty) -> None:
    meals = RelyingParty(name="School meals")
    assert payments.learns(answers(sam, payments))["sub"] != meals.learns(answers(sam, meals))["sub"]


# Consent


def test_the_question_says_what_the_service_gets_and_what_not(sam: Client, payments: RelyingParty) -> None:
    page = payments.sends(sam).content.decode()
    for words in ("It gets", "a number that stands for you there", "It does not get", "your password"):
        assert words in page
    assert "phone number or your email address" in page


def test_who_says_no_tells_the_service_nothing(sam: Client, payments: RelyingParty) -> None:
    back = answers(sam, payments, answer="no")
    assert back["error"] == "access_denied"
    assert back["state"] == payments.state
    assert "code" not in back
    assert verbs() == ["service.refused"]
    assert payments.sends(sam).status_code == 200


def test_a_service_that_now_wants_more_has_to_ask_again(sam: Client, payments: RelyingParty) -> None:
    answers(sam, payments)
    Service.objects.update(gets_email=True)
    assert payments.sends(sam).status_code == 302
    assert payments.sends(sam, scope="openid email").status_code == 200


def test_a_service_that_wants_it_asks_again_each_time(sam: Client, payments: RelyingParty) -> None:
    answers(sam, payments)
    assert payments.sends(sam, prompt="consent").status_code == 200


def test_no_page_of_another_site_says_yes_for_somebody(sam_parent: User, payments: RelyingParty) -> None:
    strict = sign_in_client(Client(enforce_csrf_checks=True), sam_parent)
    page = payments.sends(strict)
    assert strict.post(page.wsgi_request.get_full_path(), {"answer": "yes"}).status_code == 403
    assert not ServiceConsent.objects.exists()


def test_consent_is_seen_and_taken_back(sam: Client, payments: RelyingParty) -> None:
    told = payments.learns(answers(sam, payments))
    page = sam.get("/account/services/").content.decode()
    assert "School payments" in page
    stopped = sam.post(f"/account/services/{payments.service.pk}/stop/", follow=True).content.decode()
    assert "School payments can no longer ask us who you are." in stopped
    assert "Stop telling" not in stopped
    assert payments.userinfo(told["tokens"]["access_token"]).status_code == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": told["tokens"]["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400
    assert verbs()[-1] == "service.stopped"
    # The service is asked about anew, and knows her again by the same number.
    assert payments.learns(answers(sam, payments))["sub"] == told["sub"]


def test_nobody_takes_back_what_another_said(
    sam: Client, payments: RelyingParty, signed_in_client: Callable[[User], Client], noor_stranger: User
) -> None:
    answers(sam, payments)
    noor = signed_in_client(noor_stranger)
    assert noor.post(f"/account/services/{payments.service.pk}/stop/").status_code == 404
    assert payments.sends(sam).status_code == 302


def test_a_code_given_before_consent_was_taken_back_is_worth_nothing(
    sam: Client, payments: RelyingParty
) -> None:
    back = answers(sam, payments)
    ServiceConsent.objects.update(withdrawn_at="2026-01-01T00:00:00Z")
    assert payments.exchanges(back["code"]).status_code == 400


# What a service, or somebody in its name, may not do


def test_a_code_works_once(sam: Client, payments: RelyingParty) -> None:
    back = answers(sam, payments)
    assert payments.exchanges(back["code"]).status_code == 200
    assert payments.exchanges(back["code"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "another-verifier-of-the-right-length-0123456789"},
        {"code_verifier": ""},
        {"redirect_uri": f"{REDIRECT}/elsewhere"},
        {"client_secret": "guessed"},
        {"code": "guessed"},
    ],
)
def test_a_stolen_code_is_worth_nothing(sam: Client, payments: RelyingParty, changed: dict[str, str]) -> None:
    back = answers(sam, payments)
    response = payments.exchanges(**({"code": back["code"]} | changed))
    assert response.status_code in (400, 401)
    assert "access_token" not in response.json()


def test_a_code_of_one_service_is_worth_nothing_to_another(sam: Client, payments: RelyingParty) -> None:
    meals = RelyingParty(name="School meals")
    back = answers(sam, payments)
    meals.verifier = payments.verifier
    assert meals.exchanges(back["code"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://evil.example/signed-in"},
        {"redirect_uri": "https://payments.example/signed-in/../elsewhere"},
        {"redirect_uri": "http://payments.example/signed-in"},
        {"redirect_uri": "javascript:alert(1)"},
        {"client_id": "nobody"},
        {"client_id": None},
        {"client_id": "null\0"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    sam: Client, payments: RelyingParty, changed: dict[str, str | None]
) -> None:
    response = payments.sends(sam, **changed)
    assert response.status_code == 400
    assert "Location" not in response


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"scope": "openid casework"}, "invalid_scope"),
        ({"scope": "email"}, "invalid_scope"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "id_token"}, "unauthorized_client"),
        ({"response_type": "id_token token"}, "unauthorized_client"),
        ({"response_type": "code id_token"}, "unauthorized_client"),
        ({"prompt": "login"}, "login_required"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "0"}, "login_required"),
    ],
)
def test_what_is_not_allowed_is_answered_with_an_error(
    sam: Client, payments: RelyingParty, changed: dict[str, str | None], error: str
) -> None:
    answers(sam, payments)
    address = payments.sends(sam, **changed)["Location"]
    assert address.startswith(REDIRECT)
    assert f"error={error}" in address
    assert "code=" not in address
    assert "token=" not in address


@pytest.mark.parametrize("query", ["scope=%zz", "%", "client_id=a&client_id=b"])
def test_a_badly_written_link_is_no_error_of_ours(sam: Client, payments: RelyingParty, query: str) -> None:
    assert sam.get(f"/openid/authorize/?{query}").status_code == 400


def test_a_service_may_ask_without_any_page(sam: Client, visitor: Visitor, payments: RelyingParty) -> None:
    assert payments.came_back(payments.sends(visitor.client, prompt="none"))["error"] == "login_required"
    assert payments.came_back(payments.sends(sam, prompt="none"))["error"] == "consent_required"
    answers(sam, payments)
    assert payments.learns(payments.came_back(payments.sends(sam, prompt="none")))["sub"]


def test_a_disabled_account_is_known_to_no_service(
    sam: Client, sam_parent: User, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sam, payments))["tokens"]
    code = payments.came_back(payments.sends(sam))["code"]
    User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    assert payments.exchanges(code).status_code == 400
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400
    assert payments.sends(sam)["Location"].startswith("/sign-in/")


def test_a_service_that_is_switched_off_learns_nothing_more(sam: Client, payments: RelyingParty) -> None:
    tokens = payments.learns(answers(sam, payments))["tokens"]
    Service.objects.update(is_on=False)
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    assert payments.sends(sam).status_code == 400


def test_who_signs_out_everywhere_is_signed_out_of_what_services_hold(
    sam: Client, sam_parent: User, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sam, payments))["tokens"]
    sam_parent.sign_out_everywhere()
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400


@pytest.mark.parametrize("kind", ["password", "client_credentials", "implicit"])
def test_there_is_no_other_way_to_a_token(payments: RelyingParty, sam_parent: User, kind: str) -> None:
    response = payments.token_request(grant_type=kind, username=sam_parent.email, password="any")
    assert response.status_code == 400


def test_secrets_are_not_guessed_on_and_on(sam: Client, payments: RelyingParty) -> None:
    back = answers(sam, payments)
    for _each in range(60):
        assert payments.exchanges("x", client_secret="guessed").status_code == 401
    assert payments.exchanges("x", client_secret="guessed").status_code == 429
    assert payments.exchanges(back["code"]).status_code == 429


def test_what_is_kept_of_tokens_and_secrets_is_hashed(sam: Client, payments: RelyingParty) -> None:
    tokens = payments.learns(answers(sam, payments))["tokens"]
    kept = get_access_token_model().objects.get()
    assert tokens["access_token"] not in str(vars(kept))
    assert payments.secret not in str(vars(Service.objects.get()))
    assert not get_grant_model().objects.exists()


def test_what_has_run_out_is_deleted(sam: Client, payments: RelyingParty) -> None:
    payments.learns(answers(sam, payments))
    models = (get_access_token_model(), get_refresh_token_model(), get_id_token_model())
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
        periodic.run_due(only("clear-tokens"))
    assert [model.objects.count() for model in models] == [0, 0, 0]


def test_no_log_holds_a_code_a_token_or_a_secret(
    sam: Client, payments: RelyingParty, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        back = answers(sam, payments)
        tokens = payments.learns(back)["tokens"]
        payments.exchanges(back["code"])
        payments.exchanges(back["code"], client_secret="wrong")
    for secret in (back["code"], payments.secret, *(tokens[name] for name in tokens if "token" in name)):
        assert secret == "Bearer" or secret not in caplog.text


# What the portal says of itself


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
def test_none_of_the_toolkits_other_pages_is_there(sam: Client, path: str) -> None:
    assert sam.get(f"/openid/{path}").status_code == 404


def test_without_a_key_the_site_runs_and_the_provider_is_not_there(
    sam: Client, payments: RelyingParty, settings: Settings
) -> None:
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys("")
    for path in ("authorize/", "go-on/", "token/", "userinfo/", "sign-out/", ".well-known/jwks.json"):
        assert sam.get(f"/openid/{path}").status_code == 404
    assert sam.get("/account/services/").status_code == 200


def test_an_old_key_is_known_while_a_new_one_signs(
    sam: Client, payments: RelyingParty, settings: Settings, pem: str
) -> None:
    before = payments.learns(answers(sam, payments))["tokens"]["id_token"]
    nonce = payments.nonce
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(keys.new() + pem)
    payments.learns(payments.came_back(payments.sends(sam)))
    payments.nonce = nonce
    assert payments.verified(before)


# Signing out


def test_signing_out_of_the_service_signs_out_here_if_the_person_says_so(
    sam: Client, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sam, payments))["tokens"]
    asked = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": AFTER_SIGN_OUT, "state": "s"}
    page = sam.get("/openid/sign-out/", asked)
    assert "You are leaving School payments." in page.content.decode()
    assert sam.get("/account/").status_code == 200
    done = sam.post("/openid/sign-out/", asked | {"allow": "yes"})
    assert on(done) == f"{AFTER_SIGN_OUT}?state=s"
    assert isinstance(sam.get("/account/", follow=True).wsgi_request.user, AnonymousUser)
    assert payments.userinfo(tokens["access_token"]).status_code == 401


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
    sam: Client, payments: RelyingParty, asked: dict[str, str]
) -> None:
    for response in (
        sam.get("/openid/sign-out/", asked),
        sam.post("/openid/sign-out/", asked | {"allow": "y"}),
    ):
        assert response.status_code == 400
    assert sam.get("/account/").status_code == 200
