"""A session ends: by idleness, by age, everywhere at once, by signing out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import session_life
from accounts.models import User
from accounts.session_life import Life
from tests.accounts.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
SignedIn = Callable[[User], Client]


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def is_signed_in(client: Client) -> bool:
    client.get("/signed-out/")
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (31, False)])
def test_a_family_is_signed_out_after_half_an_hour_away(
    signed_in_client: SignedIn, sam_parent: User, minutes: int, still_in: bool
) -> None:
    client = signed_in_client(sam_parent)
    with later(minutes=minutes):
        assert is_signed_in(client) == still_in


@pytest.mark.parametrize(("minutes", "still_in"), [(59, True), (61, False)])
def test_staff_are_signed_out_after_an_hour_away(
    signed_in_client: SignedIn, casey_worker: User, minutes: int, still_in: bool
) -> None:
    client = signed_in_client(casey_worker)
    with later(minutes=minutes):
        assert is_signed_in(client) == still_in


def test_whoever_goes_on_reading_stays_signed_in_until_twelve_hours_are_over(
    signed_in_client: SignedIn, sam_parent: User
) -> None:
    client = signed_in_client(sam_parent)
    start = timezone.now()
    for quarter in range(1, 48):
        with time_machine.travel(start + timedelta(minutes=15 * quarter), tick=False):
            assert is_signed_in(client)
    with time_machine.travel(start + timedelta(hours=12), tick=False):
        assert not is_signed_in(client)


def test_signing_out_everywhere_ends_every_browser_at_its_next_page(
    signed_in_client: SignedIn, sam_parent: User, alex_parent: User
) -> None:
    phone, laptop, other = (signed_in_client(p) for p in (sam_parent, sam_parent, alex_parent))
    sam_parent.sign_out_everywhere()
    assert not is_signed_in(phone)
    assert not is_signed_in(laptop)
    assert is_signed_in(other)


def test_a_session_that_did_not_come_through_our_pages_is_no_session(
    client: Client, sam_parent: User
) -> None:
    client.force_login(sam_parent)
    assert not is_signed_in(client)


def test_a_disabled_account_is_out_at_its_next_page(signed_in_client: SignedIn, sam_parent: User) -> None:
    client = signed_in_client(sam_parent)
    User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    assert client.get("/signed-out/").status_code == 200
    assert "Sam Parent" not in client.get("/signed-out/").text


def test_the_sign_in_page_says_why_she_is_asked_again(signed_in_client: SignedIn, sam_parent: User) -> None:
    client = signed_in_client(sam_parent)
    with later(minutes=40):
        assert "so we signed you out" in client.get("/sign-in/").text


def test_a_first_visit_is_told_nothing_of_the_kind(client: Client) -> None:
    page = client.get("/sign-in/").text
    assert "signed you out" not in page
    assert "We kept what you wrote." not in page


def test_the_sign_in_page_says_that_a_late_post_was_kept(client: Client) -> None:
    page = client.get("/sign-in/?kept=yes&next=/forms/a/")
    assert "We kept what you wrote." in page.text
    assert page.context["action"] == "/sign-in/?next=%2Fforms%2Fa%2F"


def test_a_page_asks_the_database_for_the_person_and_nothing_more(
    signed_in_client: SignedIn, sam_parent: User
) -> None:
    client = signed_in_client(sam_parent)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/signed-out/").status_code == 302
    assert len(queries) == 1


def test_the_stamp_is_saved_at_most_once_a_minute(signed_in_client: SignedIn, sam_parent: User) -> None:
    client = signed_in_client(sam_parent)
    before = client.session["life"]["seen"]
    with later(seconds=50), CaptureQueriesContext(connection) as queries:
        client.get("/signed-out/")
    assert len(queries) == 1
    assert client.session["life"]["seen"] == before
    with later(seconds=70):
        client.get("/signed-out/")
    assert client.session["life"]["seen"] > before


def test_an_editor_left_open_does_not_keep_somebody_signed_in(
    signed_in_client: SignedIn, erin_editor: User
) -> None:
    client = signed_in_client(erin_editor)
    before = client.session["life"]["seen"]
    with later(minutes=5):
        client.post("/admin/editing-sessions/ping/wagtailcore/page/1/")
    assert client.session["life"]["seen"] == before


def test_stay_signed_in_starts_the_half_hour_anew(signed_in_client: SignedIn, sam_parent: User) -> None:
    client = signed_in_client(sam_parent)
    with later(minutes=25):
        response = client.post("/stay-signed-in/", {"next": "/forms/a/"})
        assert response["Location"] == "/forms/a/"
    with later(minutes=50):
        assert is_signed_in(client)


def test_a_script_that_asks_to_stay_gets_no_page(signed_in_client: SignedIn, sam_parent: User) -> None:
    response = signed_in_client(sam_parent).post("/stay-signed-in/", headers={"accept": "application/json"})
    assert (response.status_code, response.content) == (204, b"")


def test_staying_is_for_those_who_are_signed_in(client: Client) -> None:
    assert client.post("/stay-signed-in/")["Location"].startswith("/sign-in/")


def test_staying_leads_to_no_other_site(signed_in_client: SignedIn, sam_parent: User) -> None:
    response = signed_in_client(sam_parent).post("/stay-signed-in/", {"next": "//evil.example/"})
    assert response["Location"] == reverse("home:start")


@pytest.mark.parametrize(
    ("began", "seen", "ends"),
    [
        pytest.param(0, 0, 1800, id="idle from the start"),
        pytest.param(0, 3600, 5400, id="half an hour after the last page"),
        pytest.param(0, 43000, 43200, id="never more than twelve hours"),
    ],
)
def test_a_life_ends_at_the_earlier_of_the_two(began: int, seen: int, ends: int) -> None:
    assert Life(began, seen, idle=1800, epoch=1).ends_at == ends


def test_a_view_can_tell_when_the_session_ends(signed_in_client: SignedIn, sam_parent: User) -> None:
    client = signed_in_client(sam_parent)
    life = Life.of(client.session)
    assert life
    response = client.get("/sign-in/code/")
    assert response.wsgi_request.session_ends_at == life.ends_at


@pytest.mark.capability("B17")
class TestSigningOut:
    def test_it_ends_the_session_and_clears_what_the_browser_keeps(
        self, visitor: Visitor, sam_parent: User
    ) -> None:
        visitor.signs_in(sam_parent)
        response = visitor.post("/sign-out/")
        assert response["Location"] == "/signed-out/"
        assert response["Clear-Site-Data"] == '"cache"'
        assert not visitor.is_signed_in

    def test_the_page_after_it_names_no_child_and_no_form(self, visitor: Visitor, sam_parent: User) -> None:
        visitor.signs_in(sam_parent)
        page = visitor.post("/sign-out/", follow=True).text
        assert "You are signed out" in page
        assert "Sam" not in page

    def test_it_needs_the_pages_own_token(self, sam_parent: User) -> None:
        visitor = Visitor(Client(enforce_csrf_checks=True))
        assert visitor.post("/sign-out/").status_code == 403

    def test_the_old_cookie_opens_nothing_any_more(self, visitor: Visitor, sam_parent: User) -> None:
        visitor.signs_in(sam_parent)
        stolen = visitor.client.cookies["sessionid"].value
        visitor.post("/sign-out/")
        thief = Client()
        thief.cookies["sessionid"] = stolen
        assert thief.get("/sign-in/").status_code == 200


def test_note_of_an_end_outlives_no_sign_in(visitor: Visitor, sam_parent: User) -> None:
    request = RequestFactory().get("/")
    request.session = visitor.client.session
    session_life.note_end(request.session)
    request.session.save()
    visitor.client.cookies["sessionid"] = request.session.session_key or ""
    visitor.signs_in(sam_parent)
    assert not session_life.has_ended(visitor.client.session)
