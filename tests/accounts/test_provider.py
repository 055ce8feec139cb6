"""Another service asks the portal who somebody is, and is told what she lets it know and nothing more."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_id_token_model,
    get_refresh_token_model,
)

from accounts.models import EmailCode, Service, ServiceConsent, User
from core import periodic
from core.models import AuditEntry
from core.registry import Registry
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.relying_party import REDIRECT, RelyingParty, answers, on
from tests.conftest import sign_in_client
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A3"), pytest.mark.usefixtures("signs")]


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
    sams_browser: Client, payments: RelyingParty
) -> None:
    first = payments.learns(answers(sams_browser, payments))
    again = payments.learns(payments.came_back(payments.sends(sams_browser)))
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


def test_a_session_without_the_second_step_opens_no_service(
    sams_browser: Client, payments: RelyingParty
) -> None:
    EmailCode.objects.all().delete()
    assert payments.sends(sams_browser)["Location"].startswith("/sign-in/")


def test_the_service_gets_a_number_and_nothing_else(
    sams_browser: Client, sam_parent: User, payments: RelyingParty
) -> None:
    told = payments.learns(answers(sams_browser, payments))
    tokens = told.pop("tokens")
    assert set(told) == {"sub"}
    claims = payments.verified(tokens["id_token"])
    assert set(claims) == {"aud", "iat", "nonce", "at_hash", "sub", "iss", "exp", "auth_time", "jti"}
    assert claims["exp"] - claims["iat"] <= 300
    assert tokens["expires_in"] == 300
    assert str(sam_parent.pk) not in str(claims)


def test_the_email_address_goes_only_to_a_service_that_is_registered_for_it(
    sams_browser: Client, sam_parent: User, payments: RelyingParty
) -> None:
    meals = RelyingParty(gets_email=True, name="School meals")
    assert payments.came_back(payments.sends(sams_browser, scope="openid email"))["error"] == "invalid_scope"
    page = meals.sends(sams_browser).content.decode()
    assert "your email address" in page
    assert meals.learns(answers(sams_browser, meals))["email"] == sam_parent.email


def test_two_services_cannot_compare_whom_they_know(sams_browser: Client, payments: RelyingParty) -> None:
    meals = RelyingParty(name="School meals")
    assert (
        payments.learns(answers(sams_browser, payments))["sub"]
        != meals.learns(answers(sams_browser, meals))["sub"]
    )


# Consent


def test_the_question_says_what_the_service_gets_and_what_not(
    sams_browser: Client, payments: RelyingParty
) -> None:
    page = payments.sends(sams_browser).content.decode()
    for words in ("It gets", "a number that stands for you there", "It does not get", "your password"):
        assert words in page
    assert "phone number or your email address" in page


def test_who_says_no_tells_the_service_nothing(sams_browser: Client, payments: RelyingParty) -> None:
    back = answers(sams_browser, payments, answer="no")
    assert back["error"] == "access_denied"
    assert back["state"] == payments.state
    assert "code" not in back
    assert verbs() == ["service.refused"]
    assert payments.sends(sams_browser).status_code == 200


def test_a_service_that_now_wants_more_has_to_ask_again(sams_browser: Client, payments: RelyingParty) -> None:
    answers(sams_browser, payments)
    Service.objects.update(gets_email=True)
    assert payments.sends(sams_browser).status_code == 302
    assert payments.sends(sams_browser, scope="openid email").status_code == 200


def test_a_service_that_wants_it_asks_again_each_time(sams_browser: Client, payments: RelyingParty) -> None:
    answers(sams_browser, payments)
    assert payments.sends(sams_browser, prompt="consent").status_code == 200


def test_no_page_of_another_site_says_yes_for_somebody(sam_parent: User, payments: RelyingParty) -> None:
    strict = sign_in_client(Client(enforce_csrf_checks=True), sam_parent)
    page = payments.sends(strict)
    assert strict.post(page.wsgi_request.get_full_path(), {"answer": "yes"}).status_code == 403
    assert not ServiceConsent.objects.exists()


def test_consent_is_seen_and_taken_back(sams_browser: Client, payments: RelyingParty) -> None:
    told = payments.learns(answers(sams_browser, payments))
    page = sams_browser.get("/account/services/").content.decode()
    assert "School payments" in page
    stopped = sams_browser.post(
        f"/account/services/{payments.service.pk}/stop/", follow=True
    ).content.decode()
    assert "School payments can no longer ask us who you are." in stopped
    assert "Stop telling" not in stopped
    assert payments.userinfo(told["tokens"]["access_token"]).status_code == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": told["tokens"]["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400
    assert verbs()[-1] == "service.stopped"
    # The service is asked about anew, and knows her again by the same number.
    assert payments.learns(answers(sams_browser, payments))["sub"] == told["sub"]


def test_nobody_takes_back_what_another_said(
    sams_browser: Client,
    payments: RelyingParty,
    signed_in_client: Callable[[User], Client],
    noor_stranger: User,
) -> None:
    answers(sams_browser, payments)
    noor = signed_in_client(noor_stranger)
    assert noor.post(f"/account/services/{payments.service.pk}/stop/").status_code == 404
    assert payments.sends(sams_browser).status_code == 302


def test_a_code_given_before_consent_was_taken_back_is_worth_nothing(
    sams_browser: Client, payments: RelyingParty
) -> None:
    back = answers(sams_browser, payments)
    ServiceConsent.objects.update(withdrawn_at="2026-01-01T00:00:00Z")
    assert payments.exchanges(back["code"]).status_code == 400


# What a service, or somebody in its name, may not do


def test_a_code_works_once(sams_browser: Client, payments: RelyingParty) -> None:
    back = answers(sams_browser, payments)
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
def test_a_stolen_code_is_worth_nothing(
    sams_browser: Client, payments: RelyingParty, changed: dict[str, str]
) -> None:
    back = answers(sams_browser, payments)
    response = payments.exchanges(**({"code": back["code"]} | changed))
    assert response.status_code in (400, 401)
    assert "access_token" not in response.json()


def test_a_code_of_one_service_is_worth_nothing_to_another(
    sams_browser: Client, payments: RelyingParty
) -> None:
    meals = RelyingParty(name="School meals")
    back = answers(sams_browser, payments)
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
    sams_browser: Client, payments: RelyingParty, changed: dict[str, str | None]
) -> None:
    response = payments.sends(sams_browser, **changed)
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
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none", "max_age": "0"}, "login_required"),
    ],
)
def test_what_is_not_allowed_is_answered_with_an_error(
    sams_browser: Client, payments: RelyingParty, changed: dict[str, str | None], error: str
) -> None:
    answers(sams_browser, payments)
    address = payments.sends(sams_browser, **changed)["Location"]
    assert address.startswith(REDIRECT)
    assert f"error={error}" in address
    assert "code=" not in address
    assert "token=" not in address


@pytest.mark.parametrize("query", ["scope=%zz", "%", "client_id=a&client_id=b"])
def test_a_badly_written_link_is_no_error_of_ours(
    sams_browser: Client, payments: RelyingParty, query: str
) -> None:
    assert sams_browser.get(f"/openid/authorize/?{query}").status_code == 400


def test_a_sign_in_is_never_older_than_a_service_can_count(
    sams_browser: Client, payments: RelyingParty
) -> None:
    answers(sams_browser, payments)
    assert payments.came_back(payments.sends(sams_browser, max_age="9" * 5000))["code"]


def test_a_service_may_ask_without_any_page(
    sams_browser: Client, visitor: Visitor, payments: RelyingParty
) -> None:
    assert payments.came_back(payments.sends(visitor.client, prompt="none"))["error"] == "login_required"
    assert payments.came_back(payments.sends(sams_browser, prompt="none"))["error"] == "consent_required"
    answers(sams_browser, payments)
    assert payments.learns(payments.came_back(payments.sends(sams_browser, prompt="none")))["sub"]


@pytest.mark.parametrize(("prompt", "is_asked"), [("login", False), ("login consent", True)])
def test_a_service_may_want_her_to_sign_in_again(
    visitor: Visitor, sam_parent: User, payments: RelyingParty, prompt: str, *, is_asked: bool
) -> None:
    visitor.signs_in(sam_parent)
    answers(visitor.client, payments)
    began = visitor.client.session["life"]["began"]
    back = signs_in_again(visitor, sam_parent, payments.sends(visitor.client, prompt=prompt))
    assert visitor.client.session["life"]["began"] > began
    assert back.status_code == (200 if is_asked else 302)
    if not is_asked:
        assert payments.learns(payments.came_back(back))["sub"]


def signs_in_again(visitor: Visitor, person: User, page: Any) -> Any:
    """Through the page that asks for it, and the code; what the question is answered with then."""
    assert "wants to be sure that it is still you" in page.text
    posted = visitor.post(page.wsgi_request.get_full_path(), {"current": PASSWORD})
    bound_for = visitor.get(posted["Location"]).wsgi_request.GET["next"]
    done = visitor.types_code(emailed_code(person), next=bound_for)
    return visitor.get(on(visitor.get(done["Location"])))


@pytest.mark.parametrize("max_age", ["0", "60"])
def test_a_sign_in_that_is_too_old_for_a_service_is_made_anew(
    visitor: Visitor, sam_parent: User, payments: RelyingParty, max_age: str
) -> None:
    visitor.signs_in(sam_parent)
    answers(visitor.client, payments)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)):
        page = payments.sends(visitor.client, max_age=max_age)
        back = signs_in_again(visitor, sam_parent, page)
        claims = payments.verified(payments.exchanges(payments.came_back(back)["code"]).json()["id_token"])
        assert claims["auth_time"] >= dt.datetime.now(dt.UTC).timestamp() - 30


@pytest.mark.parametrize("max_age", ["0", "60"])
def test_who_has_just_signed_in_for_a_service_is_not_asked_again(
    visitor: Visitor, sam_parent: User, payments: RelyingParty, max_age: str
) -> None:
    bound_for = visitor.get(payments.sends(visitor.client, max_age=max_age)["Location"]).wsgi_request.GET[
        "next"
    ]
    question = visitor.get(on(visitor.get(visitor.signs_in(sam_parent, next=bound_for)["Location"])))
    assert "School payments wants to know who you are" in question.text


@pytest.mark.parametrize("asked", [{"prompt": "login"}, {"max_age": "0"}], ids=["prompt", "max_age"])
def test_a_link_on_another_site_signs_nobody_out(
    sams_browser: Client, payments: RelyingParty, asked: dict[str, str]
) -> None:
    for method in (sams_browser.get, sams_browser.head):
        assert method("/openid/authorize/", payments.question(**asked)).status_code == 200
    assert sams_browser.get("/account/").status_code == 200
    assert not AuditEntry.objects.filter(verb="account.signed-out").exists()


def test_who_does_not_know_her_password_neither_opens_the_service_nor_ends_her_session(
    sams_browser: Client, payments: RelyingParty
) -> None:
    answers(sams_browser, payments)
    address = payments.sends(sams_browser, prompt="login").wsgi_request.get_full_path()
    for tried in ({"current": "a guess"}, {"answer": "yes"}, {}):
        page = sams_browser.post(address, tried)
        assert page.status_code == 200
        assert "wants to be sure that it is still you" in page.text
    assert sams_browser.get("/account/").status_code == 200
    for number in range(4):
        sams_browser.post(address, {"current": f"guess {number}"})
    assert sams_browser.post(address, {"current": PASSWORD}).status_code == 429


def test_somebody_else_signs_in_in_her_place(
    visitor: Visitor, sam_parent: User, alex_parent: User, payments: RelyingParty
) -> None:
    visitor.signs_in(sam_parent)
    page = payments.sends(visitor.client, prompt="login")
    sent_away = visitor.post("/sign-out/", {"next": page.context["after"]})
    bound_for = visitor.get(sent_away["Location"]).wsgi_request.GET["next"]
    question = visitor.get(on(visitor.get(visitor.signs_in(alex_parent, next=bound_for)["Location"])))
    assert "School payments wants to know who you are" in question.text


def test_the_session_before_is_not_shown_as_open_any_more(
    visitor: Visitor, sam_parent: User, payments: RelyingParty
) -> None:
    visitor.signs_in(sam_parent)
    signs_in_again(visitor, sam_parent, payments.sends(visitor.client, prompt="login"))
    assert [row.ended_at is None for row in sam_parent.sign_ins.order_by("at")] == [False, True]


def test_a_link_without_a_service_signs_nobody_out(sams_browser: Client, payments: RelyingParty) -> None:
    assert payments.sends(sams_browser, prompt="login", client_id="nobody").status_code == 400
    assert sams_browser.get("/account/").status_code == 200


def test_a_disabled_account_is_known_to_no_service(
    sams_browser: Client, sam_parent: User, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sams_browser, payments))["tokens"]
    code = payments.came_back(payments.sends(sams_browser))["code"]
    User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    assert payments.exchanges(code).status_code == 400
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400
    assert payments.sends(sams_browser)["Location"].startswith("/sign-in/")


def test_a_service_that_is_switched_off_learns_nothing_more(
    sams_browser: Client, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sams_browser, payments))["tokens"]
    Service.objects.update(is_on=False)
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    assert payments.sends(sams_browser).status_code == 400


def test_who_signs_out_everywhere_is_signed_out_of_what_services_hold(
    sams_browser: Client, sam_parent: User, payments: RelyingParty
) -> None:
    tokens = payments.learns(answers(sams_browser, payments))["tokens"]
    sam_parent.sign_out_everywhere()
    assert payments.userinfo(tokens["access_token"]).status_code == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert payments.token_request(**refresh).status_code == 400


@pytest.mark.parametrize("kind", ["password", "client_credentials", "implicit"])
def test_there_is_no_other_way_to_a_token(payments: RelyingParty, sam_parent: User, kind: str) -> None:
    response = payments.token_request(grant_type=kind, username=sam_parent.email, password="any")
    assert response.status_code == 400


def test_secrets_are_not_guessed_on_and_on(sams_browser: Client, payments: RelyingParty) -> None:
    back = answers(sams_browser, payments)
    for _each in range(60):
        assert payments.exchanges("x", client_secret="guessed").status_code == 401
    assert payments.exchanges("x", client_secret="guessed").status_code == 429
    assert payments.exchanges(back["code"]).status_code == 429


def test_what_is_kept_of_tokens_and_secrets_is_hashed(sams_browser: Client, payments: RelyingParty) -> None:
    tokens = payments.learns(answers(sams_browser, payments))["tokens"]
    kept = get_access_token_model().objects.get()
    assert tokens["access_token"] not in str(vars(kept))
    assert payments.secret not in str(vars(Service.objects.get()))
    assert not get_grant_model().objects.exists()


def test_what_has_run_out_is_deleted(sams_browser: Client, payments: RelyingParty) -> None:
    payments.learns(answers(sams_browser, payments))
    models = (get_access_token_model(), get_refresh_token_model(), get_id_token_model())
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
        periodic.run_due(only("clear-tokens"))
    assert [model.objects.count() for model in models] == [0, 0, 0]


def test_no_log_holds_a_code_a_token_or_a_secret(
    sams_browser: Client, payments: RelyingParty, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        back = answers(sams_browser, payments)
        tokens = payments.learns(back)["tokens"]
        payments.exchanges(back["code"])
        payments.exchanges(back["code"], client_secret="wrong")
    for secret in (back["code"], payments.secret, *(tokens[name] for name in tokens if "token" in name)):
        assert secret == "Bearer" or secret not in caplog.text
