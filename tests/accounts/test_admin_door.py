"""The admin opens to staff who came through both steps, and Wagtail's own doors to accounts stay shut."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.models import User
from core.models import AuditEntry
from tests.accounts.conftest import Visitor
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
SignedIn = Callable[[User], Client]


@pytest.mark.parametrize(
    "url", ["/admin/", "/admin/pages/", "/admin/settings/", "/admin/nothing/", "/admin/account/"]
)
def test_nobody_sees_a_page_of_the_admin_without_signing_in(client: Client, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={url}")


def test_the_password_alone_never_opens_the_admin(visitor: Visitor, admin: User) -> None:
    visitor.types_password(admin.email)
    assert visitor.get("/admin/")["Location"] == "/sign-in/?next=/admin/"


def test_a_session_without_the_second_step_never_opens_the_admin(
    signed_in_client: SignedIn, admin: User
) -> None:
    client = signed_in_client(admin)
    session = client.session
    del session["otp_device_id"]
    session.save()
    assert client.get("/admin/")["Location"] == "/sign-in/?next=/admin/"


def test_the_device_of_somebody_else_is_no_second_step(
    signed_in_client: SignedIn, admin: User, noor_stranger: User
) -> None:
    client = signed_in_client(admin)
    session = client.session
    session["otp_device_id"] = noor_stranger.email_code.persistent_id
    session.save()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("person", ["casey_worker", "morgan_manager", "erin_editor", "admin"])
def test_staff_come_in(signed_in_client: SignedIn, request: pytest.FixtureRequest, person: str) -> None:
    assert signed_in_client(request.getfixturevalue(person)).get("/admin/").status_code == 200


@pytest.mark.parametrize("person", ["sam_parent", "yusuf_young", "pat_advocate", "harper_head", "sol_bursar"])
def test_others_find_nothing_there_and_it_is_written_down(
    signed_in_client: SignedIn, request: pytest.FixtureRequest, person: str
) -> None:
    somebody = request.getfixturevalue(person)
    assert signed_in_client(somebody).get("/admin/pages/").status_code == 404
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_type, entry.actor_id) == ("refused", "admin", somebody.pk)


def test_staff_come_to_the_admin_page_they_asked_for(visitor: Visitor, erin_editor: User) -> None:
    asked = visitor.get("/admin/pages/")["Location"]
    assert asked == "/sign-in/?next=/admin/pages/"
    assert visitor.signs_in(erin_editor, next="/admin/pages/")["Location"] == "/admin/pages/"


@pytest.mark.parametrize("url", ["/admin/login/?next=/admin/", "/_util/login/?next=/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_sign_in_pages_are_ours(client: Client, admin: User, method: str, url: str) -> None:
    response = getattr(client, method)(url, {"username": admin.email, "password": PASSWORD})
    assert response["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_signing_out_of_the_admin_is_signing_out(visitor: Visitor, admin: User) -> None:
    visitor.signs_in(admin)
    assert visitor.post("/admin/logout/")["Location"] == "/signed-out/"
    assert not visitor.is_signed_in


@pytest.mark.parametrize(
    "url",
    [
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/",
        "/admin/groups/new/",
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/bulk/accounts/user/assign_role/",
        "/admin/bulk/accounts/user/delete/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_people_and_their_rights_are_not_managed_in_the_admin(
    signed_in_client: SignedIn, admin: User, url: str, method: str
) -> None:
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    assert getattr(signed_in_client(admin), method)(url).status_code == 404


def test_the_admin_offers_no_link_to_people(signed_in_client: SignedIn, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    page = signed_in_client(admin).get("/admin/").text
    assert "/admin/users/" not in page
    assert "/admin/groups/" not in page


def test_one_post_to_the_account_page_cannot_move_the_mailbox(
    signed_in_client: SignedIn, admin: User
) -> None:
    client = signed_in_client(admin)
    page = client.get("/admin/account/").text
    for part in ("name_email", "avatar", "password-"):
        assert f'name="{part}' not in page
    client.post(
        "/admin/account/",
        {
            "name_email-email": "thief@example.org",
            "name_email-first_name": "A",
            "name_email-last_name": "Thief",
            "password-old_password": PASSWORD,
            "password-new_password1": "another password of 30 letters",
            "password-new_password2": "another password of 30 letters",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    after = User.objects.get(pk=admin.pk)
    assert (after.email, after.first_name) == (admin.email, "Ash")
    assert after.check_password(PASSWORD)
    assert UserProfile.get_for_user(after).theme == "dark"


def test_what_the_admin_needs_before_signing_in_shows_nothing(client: Client) -> None:
    assert client.get("/admin/sprite/").status_code == 200
    assert client.get("/admin/jsi18n/").status_code == 200


@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("http://testserver/admin/cases/", "/admin/cases/"),
        ("http://elsewhere.example/admin/cases/", "/"),
        ("", "/"),
    ],
)
def test_a_post_that_comes_too_late_leads_back_to_the_page_it_came_from(
    client: Client, came_from: str, back_to: str
) -> None:
    answer = client.post("/admin/deliveries/x/again/", headers={"referer": came_from} if came_from else {})

    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [back_to]
