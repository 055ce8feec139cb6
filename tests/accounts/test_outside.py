"""People come in through an outside identity service, and nobody comes in as somebody else."""

import datetime as dt
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.limits import LEAVING, RETURNS
from accounts.models import ExternalIdentity, SignIn, User
from accounts.outside.providers import OutsideProvider
from accounts.sessions import not_me
from core import limiter, outbox
from core.models import AuditEntry
from tests.accounts.conftest import Visitor, emailed_code
from tests.accounts.outside_provider import CLAIMS, KEY, SUBJECT, running, signs_in_there
from tests.factories import PASSWORD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.capability("A2"),
    # The mock's own libraries are older than each other.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib"),
]


@pytest.fixture
def joined(sam_parent: User, provider: OutsideProvider) -> ExternalIdentity:
    return ExternalIdentity.objects.create(user=sam_parent, issuer=provider.issuer, subject=SUBJECT)


def leaves(visitor: Visitor, next: str = "") -> Any:
    return visitor.get(f"/sign-in/with/{KEY}/", query_params={"next": next} if next else {})


def comes_back(visitor: Visitor, subject: str = SUBJECT) -> Any:
    return visitor.get(signs_in_there(leaves(visitor), subject))


def came_to_nothing(visitor: Visitor, response: Any) -> bool:
    text = response.content.decode()
    return response.status_code == 400 and "That did not work" in text and not visitor.is_signed_in


# Coming in


def test_somebody_comes_in_with_a_sign_in_from_outside_and_the_emailed_code(
    visitor: Visitor, sam_parent: User, joined: ExternalIdentity
) -> None:
    assert "Sign in with Council ID" in visitor.get("/sign-in/").content.decode()
    back = visitor.get(signs_in_there(leaves(visitor, next="/account/")))
    assert back["Location"] == "/sign-in/code/?next=%2Faccount%2F"
    assert not visitor.is_signed_in
    done = visitor.types_code(emailed_code(sam_parent), next="/account/")
    assert done["Location"] == "/account/"
    assert visitor.is_signed_in
    joined.refresh_from_db()
    assert joined.used_at


def test_what_is_asked_of_the_provider_is_only_who_it_is(visitor: Visitor, provider: OutsideProvider) -> None:
    asked = dict(parse_qsl(urlsplit(leaves(visitor)["Location"]).query))
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["redirect_uri"] == f"http://127.0.0.1:8000/sign-in/from/{KEY}/"
    assert provider.client_secret not in str(asked)


def test_a_site_without_providers_shows_no_button_and_no_page(visitor: Visitor, sam_parent: User) -> None:
    assert "Sign in with" not in visitor.get("/sign-in/").content.decode()
    assert visitor.get(f"/sign-in/with/{KEY}/").status_code == 404
    assert visitor.get(f"/sign-in/from/{KEY}/").status_code == 404


@pytest.mark.parametrize("is_verified", [False, True])
def test_a_stranger_with_the_address_of_an_account_stays_a_stranger(
    visitor: Visitor, sam_parent: User, provider: OutsideProvider, is_verified: bool
) -> None:
    claims = CLAIMS | {"email_verified": is_verified}
    requests.put(f"{provider.issuer}/users/s3", json=claims, timeout=5).raise_for_status()
    page = comes_back(visitor, "s3")
    assert "We do not know you yet" in page.content.decode()
    assert "pending" not in visitor.client.session
    assert not ExternalIdentity.objects.exists()


def test_another_persons_sign_in_opens_her_own_account_only(
    visitor: Visitor, joined: ExternalIdentity, noor_stranger: User, provider: OutsideProvider
) -> None:
    ExternalIdentity.objects.create(user=noor_stranger, issuer=provider.issuer, subject="s2")
    comes_back(visitor, "s2")
    assert visitor.client.session["pending"]["user"] == str(noor_stranger.pk)


def test_the_same_subject_of_another_issuer_is_somebody_else(
    visitor: Visitor, joined: ExternalIdentity
) -> None:
    ExternalIdentity.objects.update(issuer="https://elsewhere.example")
    assert "We do not know you yet" in comes_back(visitor).content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!locked"}])
def test_a_disabled_or_locked_account_stays_shut(
    visitor: Visitor, joined: ExternalIdentity, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=joined.user_id).update(**change)
    assert came_to_nothing(visitor, comes_back(visitor))


# What may not work


def test_a_provider_that_is_down_locks_nobody_up(
    visitor: Visitor, provider: OutsideProvider, settings: Settings, joined: ExternalIdentity
) -> None:
    back = signs_in_there(leaves(visitor))
    with running() as gone:
        pass
    settings.OUTSIDE_PROVIDERS = [replace(provider, token=gone.token)]
    assert came_to_nothing(visitor, visitor.get(back))


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://somebody.else.example"},
        {"algorithm": "HS256"},
        {"algorithm": "ES256"},
        {"client_id": "another"},
        {"keys": "/nothing-here"},
        {"userinfo": "/nothing-here"},
    ],
)
def test_a_provider_that_is_not_what_was_agreed_is_not_believed(
    visitor: Visitor,
    provider: OutsideProvider,
    settings: Settings,
    joined: ExternalIdentity,
    change: dict[str, str],
) -> None:
    back = signs_in_there(leaves(visitor))
    change = {name: provider.issuer + text if text[0] == "/" else text for name, text in change.items()}
    settings.OUTSIDE_PROVIDERS = [replace(provider, **change)]
    assert came_to_nothing(visitor, visitor.get(back))


@contextmanager
def saying(answer: Any) -> Iterator[str]:
    """An address that answers this, whatever it is asked."""

    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Says) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("answer", [{"sub": "s2"}, {"sub": None}, {}, [], "s1", None])
def test_two_answers_that_name_different_people_are_believed_in_neither(
    visitor: Visitor, provider: OutsideProvider, settings: Settings, joined: ExternalIdentity, answer: Any
) -> None:
    back = signs_in_there(leaves(visitor))
    with saying(answer) as userinfo:
        settings.OUTSIDE_PROVIDERS = [replace(provider, userinfo=userinfo)]
        assert came_to_nothing(visitor, visitor.get(back))


@pytest.mark.parametrize("name", ["nonce", "state", "key"])
def test_an_answer_to_another_question_is_not_taken(
    visitor: Visitor, joined: ExternalIdentity, name: str
) -> None:
    back = signs_in_there(leaves(visitor))
    session = visitor.client.session
    session["outside"] = session["outside"] | {name: "another"}
    session.save()
    assert came_to_nothing(visitor, visitor.get(back))


def test_an_answer_works_once(visitor: Visitor, joined: ExternalIdentity) -> None:
    back = signs_in_there(leaves(visitor))
    assert visitor.get(back).status_code == 302
    assert came_to_nothing(visitor, visitor.get(back))


def test_an_answer_works_in_the_browser_that_asked_and_in_no_other(
    visitor: Visitor, new_visitor: Callable[..., Visitor], joined: ExternalIdentity
) -> None:
    back = signs_in_there(leaves(visitor))
    victim = new_visitor()
    leaves(victim)
    assert came_to_nothing(victim, victim.get(back))


def test_an_answer_that_comes_late_is_not_taken(visitor: Visitor, joined: ExternalIdentity) -> None:
    back = signs_in_there(leaves(visitor))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        assert came_to_nothing(visitor, visitor.get(back))


@pytest.mark.parametrize("query", ["", "error=access_denied&state=x", "code=x", "state=x", "code=x&state=x"])
def test_a_return_without_a_right_answer_comes_to_nothing(
    visitor: Visitor, provider: OutsideProvider, query: str
) -> None:
    leaves(visitor)
    assert came_to_nothing(visitor, visitor.get(f"/sign-in/from/{KEY}/?{query}"))


def test_a_token_that_names_no_key_is_not_believed(
    visitor: Visitor, joined: ExternalIdentity, settings: Settings
) -> None:
    settings.OIDC_VERIFY_KID = True
    assert came_to_nothing(visitor, comes_back(visitor))


def test_a_token_that_has_run_out_is_not_believed(
    visitor: Visitor, sam_parent: User, settings: Settings
) -> None:
    settings.OIDC_VERIFY_KID = False
    with running(access_token_max_age=dt.timedelta(minutes=-2)) as late:
        settings.OUTSIDE_PROVIDERS = [late]
        ExternalIdentity.objects.create(user=sam_parent, issuer=late.issuer, subject=SUBJECT)
        assert came_to_nothing(visitor, comes_back(visitor))


def known(sam_parent: User) -> Visitor:
    """Sam's own browser, behind the same address as a stranger's."""
    visitor = Visitor(Client())
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    return visitor


def comes_back_with_a_wrong_code(visitor: Visitor) -> int:
    state = dict(parse_qsl(urlsplit(leaves(visitor)["Location"]).query))["state"]
    status: int = visitor.get(f"/sign-in/from/{KEY}/?code=x&state={state}").status_code
    return status


def test_a_return_that_nobody_was_sent_for_keeps_nobody_waiting_and_leaves_nothing_behind(
    visitor: Visitor, joined: ExternalIdentity
) -> None:
    for _each in range(RETURNS.most + 1):
        bare = Visitor(Client())
        assert bare.get(f"/sign-in/from/{KEY}/?code=x&state=x").status_code == 400
    assert not Session.objects.exists()
    assert not AuditEntry.objects.exists()
    assert comes_back(visitor)["Location"] == "/sign-in/code/"


def test_returns_with_guessed_codes_are_not_tried_on_and_on_and_stop_no_known_browser(
    sam_parent: User, joined: ExternalIdentity
) -> None:
    sams = known(sam_parent)
    answers = [comes_back_with_a_wrong_code(Visitor(Client())) for _each in range(RETURNS.most + 1)]
    assert answers == [400] * RETURNS.most + [429]
    assert comes_back(sams)["Location"] == "/sign-in/code/"


def test_those_who_come_in_do_not_use_up_what_their_neighbours_have(joined: ExternalIdentity) -> None:
    for _each in range(3):
        assert comes_back(Visitor(Client()))["Location"] == "/sign-in/code/"
    network = limiter.network(RequestFactory().get("/", REMOTE_ADDR=Visitor.address))
    assert limiter.hit(RETURNS.scope, network, RETURNS.seconds) == 1


def test_whoever_sets_out_without_end_makes_no_sessions_without_end(
    sam_parent: User, provider: OutsideProvider
) -> None:
    sams = known(sam_parent)
    before = Session.objects.count()
    for _each in range(LEAVING.most):
        assert leaves(Visitor(Client())).status_code == 302
    refused = leaves(Visitor(Client()))
    assert (refused.status_code, Session.objects.count()) == (429, before + LEAVING.most)
    assert int(refused["Retry-After"]) > 0
    assert leaves(sams).status_code == 302


def test_what_fails_is_logged_without_a_secret_and_without_the_person(
    visitor: Visitor, provider: OutsideProvider, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    back = signs_in_there(leaves(visitor))
    settings.OUTSIDE_PROVIDERS = [replace(provider, issuer="https://else.example")]
    with caplog.at_level(logging.INFO):
        visitor.get(back)
    # The provider runs in this process, and logs as it likes.
    ours = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("accounts", "mozilla", "django", "urllib3"))
    )
    assert f"A sign-in with {KEY} came to nothing: InvalidIssuerError" in ours
    for secret in (dict(parse_qsl(urlsplit(back).query))["code"], "sub", "@", provider.client_secret):
        assert secret not in ours
    assert AuditEntry.objects.get(verb="account.outside-failed").reason == KEY
    assert provider.client_secret not in repr(provider)


# Joining, and taking away


@pytest.fixture
def sam(signed_in_client: Callable[[User], Client], sam_parent: User, provider: OutsideProvider) -> Client:
    return signed_in_client(sam_parent)


def goes_to_join(browser: Client, subject: str = SUBJECT) -> Any:
    return browser.get(signs_in_there(browser.get(f"/account/outside/{KEY}/leave/"), subject))


def letters() -> list[str]:
    outbox.sweep()
    return [message.subject for message in mail.outbox]


def test_an_account_is_joined_once_its_owner_has_proved_both_and_says_yes(
    sam: Client, sam_parent: User, visitor: Visitor
) -> None:
    assert "/account/outside/" in sam.get("/account/").content.decode()
    asked = goes_to_join(sam)
    assert asked["Location"] == f"/account/outside/{KEY}/join/"
    assert not ExternalIdentity.objects.exists()
    assert "Sign in here with Council ID?" in sam.get(asked["Location"]).content.decode()
    done = sam.post(asked["Location"], {"current": PASSWORD}, follow=True)
    assert "You can now sign in with Council ID." in done.content.decode()
    assert ExternalIdentity.objects.get().user == sam_parent
    assert letters() == ["A new way to sign in to your account"]
    assert AuditEntry.objects.filter(verb="account.outside-joined", actor_id=sam_parent.pk).exists()
    assert comes_back(visitor)["Location"] == "/sign-in/code/"


def test_whoever_comes_upon_an_open_browser_joins_nothing_of_her_own(sam: Client) -> None:
    asked = goes_to_join(sam)["Location"]
    for typed in ({}, {"current": "a guess"}):
        assert "There is a problem" in sam.post(asked, typed).content.decode()
    assert not ExternalIdentity.objects.exists()
    assert sam.post(asked, {"current": PASSWORD}).status_code == 302
    assert ExternalIdentity.objects.exists()


def test_nothing_is_joined_without_the_way_there_and_back(sam: Client) -> None:
    assert sam.post(f"/account/outside/{KEY}/join/")["Location"] == "/account/outside/"
    assert not ExternalIdentity.objects.exists()


def test_nobody_joins_with_a_question_that_is_old(sam: Client) -> None:
    goes_to_join(sam)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        sam.post(f"/account/outside/{KEY}/join/", {"current": PASSWORD})
    assert not ExternalIdentity.objects.exists()


def test_a_sign_in_that_is_somebodys_is_joined_to_nobody_else(
    sam: Client, noor_stranger: User, provider: OutsideProvider
) -> None:
    ExternalIdentity.objects.create(user=noor_stranger, issuer=provider.issuer, subject=SUBJECT)
    goes_to_join(sam)
    assert sam.post(f"/account/outside/{KEY}/join/", {"current": PASSWORD}).status_code == 400
    assert ExternalIdentity.objects.get().user == noor_stranger
    assert letters() == []


def test_who_signs_out_meanwhile_joins_nothing(sam: Client) -> None:
    back = signs_in_there(sam.get(f"/account/outside/{KEY}/leave/"))
    sam.post("/sign-out/")
    assert sam.get(back).status_code == 400


def test_a_way_in_is_taken_away(sam: Client, visitor: Visitor, joined: ExternalIdentity) -> None:
    assert "Stop signing in with Council ID" in sam.get("/account/outside/").content.decode()
    sam.post(f"/account/outside/{joined.pk}/take-away/")
    assert not ExternalIdentity.objects.exists()
    assert letters() == ["A way to sign in to your account was taken away"]
    assert "We do not know you yet" in comes_back(visitor).content.decode()


def test_the_last_way_in_is_not_taken_away(sam: Client, sam_parent: User, joined: ExternalIdentity) -> None:
    # The rest of the session stands: the hash that it holds is of the password that she had.
    sam_parent.set_unusable_password()
    session = sam.session
    session["_auth_user_hash"] = sam_parent.get_session_auth_hash()
    session.save()
    sam_parent.save()
    page = sam.post(f"/account/outside/{joined.pk}/take-away/", follow=True).content.decode()
    assert "Choose a password first" in page
    assert ExternalIdentity.objects.exists()


def test_who_says_that_a_sign_in_was_not_hers_loses_what_was_joined_too(
    visitor: Visitor, sam_parent: User, provider: OutsideProvider
) -> None:
    response = visitor.signs_in(sam_parent)
    ExternalIdentity.objects.create(user=sam_parent, issuer=provider.issuer, subject=SUBJECT)
    not_me.lock(SignIn.objects.get(user=sam_parent), response.wsgi_request)
    assert not ExternalIdentity.objects.exists()


def test_nobody_takes_away_what_is_anothers(
    signed_in_client: Callable[[User], Client], noor_stranger: User, joined: ExternalIdentity
) -> None:
    noor = signed_in_client(noor_stranger)
    assert noor.post(f"/account/outside/{joined.pk}/take-away/").status_code == 404
    assert ExternalIdentity.objects.exists()
