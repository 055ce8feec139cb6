"""Email address, password, emailed code: at every sign-in (B11)."""

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from tests.accounts.conftest import Visitor, another, emailed_code
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("B11")]

NewVisitor = Callable[..., Visitor]
SAME_SENTENCE = "The email address or password is not right. Check both and try again"


@pytest.mark.capability("B5")
def test_password_and_emailed_code_sign_a_parent_in(visitor: Visitor, sam_parent: User) -> None:
    response = visitor.signs_in(sam_parent, next="/somewhere/")
    assert (response.status_code, response["Location"]) == (302, "/somewhere/")
    assert visitor.client.session["_auth_user_id"] == str(sam_parent.pk)


def test_after_the_password_alone_nobody_is_signed_in(visitor: Visitor, sam_parent: User) -> None:
    response = visitor.types_password(sam_parent.email)
    assert response["Location"] == "/sign-in/code/"
    assert not visitor.is_signed_in
    assert "Sam" not in visitor.get("/sign-in/code/").text


def test_the_code_is_asked_for_at_the_next_sign_in_too(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    visitor.post("/sign-out/")
    visitor.types_password(sam_parent.email)
    assert not visitor.is_signed_in


def test_the_session_has_a_new_key_after_each_step(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    first = visitor.client.session.session_key
    visitor.types_code(emailed_code(sam_parent))
    assert visitor.client.session.session_key != first


def test_the_session_cookie_ends_with_the_browser(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    assert visitor.client.cookies["sessionid"]["max-age"] == ""
    assert visitor.client.cookies["sessionid"]["httponly"]


def test_both_boxes_are_marked_where_one_of_the_two_is_wrong(visitor: Visitor, sam_parent: User) -> None:
    page = visitor.types_password(sam_parent.email, "not the password").text
    assert f'<a href="#id_email">{SAME_SENTENCE}</a>' in page
    assert '<a href="#id_password">Enter your password again</a>' in page
    assert page.count("govuk-form-group--error") == 2


@pytest.mark.parametrize("typed", ["SAM.parent@Example.org", "  sam.parent@example.org "])
def test_an_address_is_found_however_it_is_typed(visitor: Visitor, sam_parent: User, typed: str) -> None:
    assert visitor.types_password(typed)["Location"] == "/sign-in/code/"


@pytest.fixture
def unhappy(sam_parent: User) -> dict[str, tuple[str, str]]:
    """Ways to fail: known address and wrong password, unknown address, disabled account."""
    disabled = UserFactory(disabled=True, email="gone@example.org")
    return {
        "wrong password": (sam_parent.email, "not her password"),
        "unknown address": ("nobody@example.org", PASSWORD),
        "disabled account": (disabled.email, PASSWORD),
    }


def test_every_failure_is_answered_by_the_same_page(
    new_visitor: NewVisitor, unhappy: dict[str, tuple[str, str]]
) -> None:
    pages = []
    for email, password in unhappy.values():
        response = new_visitor().types_password(email, password)
        assert SAME_SENTENCE in response.text
        token = response.context["csrf_token"]
        pages.append(response.text.replace(email, "").replace(str(token), ""))
    assert pages[0] == pages[1] == pages[2]


class CountingHasher(MD5PasswordHasher):
    calls = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.calls += 1
        return super().encode(password, salt)


def test_every_failure_costs_one_password_hash(
    new_visitor: NewVisitor, unhappy: dict[str, tuple[str, str]]
) -> None:
    with override_settings(PASSWORD_HASHERS=["tests.accounts.test_sign_in.CountingHasher"]):
        for email, password in unhappy.values():
            CountingHasher.calls = 0
            new_visitor().types_password(email, password)
            assert CountingHasher.calls == 1


def test_every_failure_asks_and_writes_the_same(
    new_visitor: NewVisitor, unhappy: dict[str, tuple[str, str]]
) -> None:
    new_visitor().get("/sign-in/")  # The council's settings are in the cache from now on.
    seen = set()
    for email, password in unhappy.values():
        with CaptureQueriesContext(connection) as queries:
            new_visitor().types_password(email, password)
        seen.add(tuple(query["sql"].split()[0] for query in queries))
    # Whether she must wait, three counts, the person, whose account the audit names, the audit.
    assert seen == {("SELECT",) + ("INSERT",) * 3 + ("SELECT", "SELECT", "INSERT")}


def test_a_failure_keeps_the_address_and_never_the_password(visitor: Visitor, sam_parent: User) -> None:
    page = visitor.types_password(sam_parent.email, "my secret guess").text
    assert 'value="sam.parent@example.org"' in page
    assert "my secret guess" not in page
    assert "<title>Error: Sign in" in page
    assert 'href="#id_email"' in page


def test_empty_boxes_are_named_one_by_one(visitor: Visitor) -> None:
    page = visitor.types_password("", "").text
    assert "Enter your email address" in page
    assert "Enter your password" in page


def test_an_account_that_is_disabled_between_the_steps_does_not_come_in(
    visitor: Visitor, sam_parent: User
) -> None:
    visitor.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    assert visitor.types_code(code)["Location"] == "/sign-in/"
    assert not visitor.is_signed_in


def test_signing_out_everywhere_ends_a_sign_in_that_is_half_done(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    sam_parent.sign_out_everywhere()
    visitor.types_code(code)
    assert not visitor.is_signed_in


def test_the_code_page_needs_a_password_first(visitor: Visitor) -> None:
    assert visitor.get("/sign-in/code/", query_params={"next": "/a/"})["Location"] == "/sign-in/?next=%2Fa%2F"
    assert visitor.types_code("123456")["Location"] == "/sign-in/"
    assert visitor.post("/sign-in/code/new/")["Location"] == "/sign-in/"


def test_somebody_who_signs_in_as_another_is_no_longer_the_first(
    visitor: Visitor, sam_parent: User, alex_parent: User
) -> None:
    visitor.signs_in(sam_parent)
    visitor.types_password(alex_parent.email)
    assert not visitor.is_signed_in


def test_whoever_is_signed_in_skips_the_sign_in_page(visitor: Visitor, sam_parent: User) -> None:
    visitor.signs_in(sam_parent)
    assert visitor.get("/sign-in/", query_params={"next": "/a/"})["Location"] == "/a/"


def test_the_mailbox_is_shown_masked(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    page = visitor.get("/sign-in/code/").text
    assert "s…\N{WORD JOINER}t@example.org" in page
    assert sam_parent.email not in page


def test_no_page_of_signing_in_is_kept_by_a_browser(visitor: Visitor, sam_parent: User) -> None:
    assert "no-store" in visitor.get("/sign-in/")["Cache-Control"]
    visitor.types_password(sam_parent.email)
    assert "no-store" in visitor.get("/sign-in/code/")["Cache-Control"]


def test_looking_at_the_pages_writes_nothing(visitor: Visitor, sam_parent: User) -> None:
    visitor.types_password(sam_parent.email)
    with CaptureQueriesContext(connection) as queries:
        for url in ("/sign-in/", "/sign-in/code/", "/signed-out/"):
            visitor.get(url)
    assert not [q for q in queries if q["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize("url", ["/sign-out/", "/stay-signed-in/", "/admin/logout/"])
def test_what_changes_something_refuses_a_get(visitor: Visitor, admin: User, url: str) -> None:
    visitor.signs_in(admin)
    assert visitor.get(url).status_code == 405
    assert visitor.is_signed_in


@pytest.mark.capability("A32")
def test_the_audit_tells_of_failure_refusal_and_success_without_any_address(
    visitor: Visitor, sam_parent: User
) -> None:
    visitor.types_password(sam_parent.email, "wrong")
    visitor.types_password(sam_parent.email)
    code = emailed_code(sam_parent)
    visitor.types_code(another(code))
    visitor.types_code(code)
    visitor.post("/sign-out/")
    entries = AuditEntry.objects.order_by("pk")
    assert [(e.verb, e.actor_id) for e in entries] == [
        ("account.sign-in-failed", None),
        ("account.code-refused", sam_parent.pk),
        ("account.signed-in", sam_parent.pk),
        ("account.signed-out", sam_parent.pk),
    ]
    assert entries[0].object_id == sam_parent.pk, "whose account was tried"
    assert {e.network for e in entries} == {"192.0.2.0/24"}
    assert not any("@" in str(value) for e in entries.values() for value in e.values())


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        r"\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "/\\evil.example",
        # No addresses, but what `redirect` would take for a view's name
        "foo",
        "accounts:account",
        "a.b",
    ],
)
def test_nobody_is_sent_to_another_site_nor_kept_out_by_where_she_was_bound_for(
    visitor: Visitor, sam_parent: User, url: str
) -> None:
    assert visitor.signs_in(sam_parent, next=url)["Location"] == reverse("home:start")
    assert visitor.is_signed_in


def test_the_page_asked_for_survives_both_steps_with_its_query(visitor: Visitor, sam_parent: User) -> None:
    wanted = "/forms/a/b/?restored=x&y=é"
    step = visitor.types_password(sam_parent.email, "wrong", next=wanted)
    assert "%2Fforms%2Fa%2Fb%2F%3Frestored%3Dx%26y%3D%C3%A9" in step.context["action"]
    step = visitor.post(step.context["action"], {"email": sam_parent.email, "password": PASSWORD})
    page = visitor.get(step["Location"])
    done = visitor.post(page.context["action"], {"code": emailed_code(sam_parent)})
    assert done["Location"] == "/forms/a/b/?restored=x&y=%C3%A9"
