"""Staff see the portal as a person sees it: with a reason, for a quarter of an hour, and she can read of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import SignIn, User
from accounts.view_as.middleware import WriteRefused, _only_notes
from accounts.view_as.viewing import LASTS
from core.models import AuditEntry
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]
SignInClient = Callable[[User], Client]
BEGIN, STOP, HOME = "/admin/view-as/", "/admin/view-as/stop/", "/family/"
REASON = "You called and did not find your case."


@pytest.fixture
def jo(db: None) -> User:
    person: User = UserFactory(first_name="Jo", last_name="Support", email="jo@example.org", support=True)
    return person


@pytest.fixture
def desk(signed_in_client: SignInClient, jo: User) -> Client:
    """Jo's browser."""
    return signed_in_client(jo)


@pytest.fixture
def viewing(desk: Client, sam_parent: User) -> Client:
    """The same, in which she sees the portal as Sam does."""
    assert views(desk, sam_parent).status_code == 302
    return desk


def views(client: Client, person: User, reason: str = REASON):  # type: ignore[no-untyped-def]
    return client.post(BEGIN, {"email": person.email, "reason": reason})


def text(client: Client, url: str = HOME) -> str:
    return client.get(url).content.decode()


def test_every_page_says_as_whom_by_whom_and_until_when(viewing: Client) -> None:
    for url in (HOME, "/account/", "/forms/", "/admin/", "/no-such-page/"):
        page = text(viewing, url)
        assert "You see the portal as Sam Parent sees it." in page, url
        assert "You are Jo Support, and can change nothing. It ends at" in page, url
        assert "Stop viewing" in page, url


def test_her_first_page_greets_her_and_not_the_viewer(viewing: Client) -> None:
    assert "Hello Sam" in text(viewing)


@pytest.mark.parametrize(
    "url",
    [
        "/account/",
        "/account/download/",
        "/account/sessions/",
        "/account/council/",
        "/forms/",
        "/admin/",
        "/admin/help-back-in/",
        "/documents/1/x.pdf",
        "/no-such-page/x/",
    ],
)
def test_other_pages_stay_shut(viewing: Client, url: str) -> None:
    answer = viewing.get(url)
    assert answer.status_code in (403, 404)
    assert "sam.parent@example.org" not in answer.content.decode()


@pytest.mark.parametrize(
    "url", [HOME, "/account/password/", "/account/close/", "/forms/", "/stay-signed-in/", BEGIN]
)
def test_every_post_is_refused(viewing: Client, url: str) -> None:
    for method in (viewing.post, viewing.put, viewing.patch, viewing.delete):
        assert method(url).status_code == 403, url


def test_nothing_can_be_written_but_who_looked() -> None:
    with connection.execute_wrapper(_only_notes), pytest.raises(WriteRefused):
        User.objects.update(first_name="Changed")


def test_it_is_written_down_with_the_reason(viewing: Client, jo: User, sam_parent: User) -> None:
    entry = AuditEntry.objects.get(verb="account.viewed-as")
    assert (entry.actor_id, entry.object_id, entry.reason) == (jo.pk, sam_parent.pk, REASON)


def test_a_refused_look_is_the_viewers_as_the_person(viewing: Client, jo: User, sam_parent: User) -> None:
    viewing.get("/cases/0b0f6f52-0000-4000-8000-000000000001/")
    entry = AuditEntry.objects.get(verb="refused")
    assert (entry.actor_id, entry.acting_as) == (jo.pk, sam_parent.pk)


def test_she_reads_that_somebody_looked_and_why(viewing: Client, sams_browser: Client) -> None:
    page = text(sams_browser, "/account/council/")
    assert "Somebody looked at the portal as you see it" in page
    assert REASON in page
    assert "Jo Support" not in page


def test_her_own_sessions_know_nothing_of_it(viewing: Client, sam_parent: User) -> None:
    text(viewing)
    assert not SignIn.objects.filter(user=sam_parent).exists()
    sam_parent.refresh_from_db()
    assert sam_parent.last_login is None


def test_the_button_ends_it(viewing: Client) -> None:
    assert viewing.post(STOP)["Location"] == BEGIN
    assert "You see the portal as" not in text(viewing, "/account/").replace(
        "You see the portal as yourself", ""
    )
    assert viewing.get(BEGIN).status_code == 200


def test_the_button_is_no_link(viewing: Client) -> None:
    assert viewing.get(STOP).status_code == 405


def test_it_ends_after_a_quarter_of_an_hour(viewing: Client) -> None:
    with time_machine.travel(timezone.now() + LASTS - timedelta(seconds=5)):
        assert "Hello Sam" in text(viewing)
    with time_machine.travel(timezone.now() + LASTS + timedelta(seconds=1)):
        assert viewing.get(HOME)["Location"] == BEGIN
        assert viewing.get(BEGIN).status_code == 200


def test_it_ends_with_signing_out(viewing: Client, jo: User) -> None:
    assert viewing.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in viewing.session
    assert "view_as" not in viewing.session


def test_signing_out_everywhere_is_the_viewers_own(viewing: Client, jo: User, sam_parent: User) -> None:
    before = sam_parent.session_epoch, jo.session_epoch
    viewing.post("/sign-out/everywhere/")
    sam_parent.refresh_from_db()
    jo.refresh_from_db()
    assert (sam_parent.session_epoch, jo.session_epoch) == (before[0], before[1] + 1)


def test_it_ends_when_the_viewer_may_no_more(viewing: Client, jo: User) -> None:
    jo.groups.clear()
    assert viewing.get(HOME)["Location"] == BEGIN
    assert "Hello Sam" not in text(viewing)


def test_it_ends_when_the_person_becomes_staff_or_leaves(viewing: Client, sam_parent: User) -> None:
    User.objects.filter(pk=sam_parent.pk).update(is_active=False)
    assert viewing.get(HOME)["Location"] == BEGIN


@pytest.mark.parametrize("who", ["admin", "morgan_manager", "casey_worker", "erin_editor"])
def test_nobody_views_as_the_councils_own_people(
    desk: Client, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    assert "No family or school account" in views(desk, person).content.decode()
    assert "view_as" not in desk.session


def test_nobody_views_as_herself_a_stranger_or_a_closed_account(desk: Client, jo: User) -> None:
    gone = UserFactory(disabled=True)
    for email in (jo.email, gone.email, "nobody@example.org"):
        answer = desk.post(BEGIN, {"email": email, "reason": REASON})
        assert "No family or school account" in answer.content.decode()


def test_without_a_reason_nothing_is_shown(desk: Client, sam_parent: User) -> None:
    assert "There is a problem" in views(desk, sam_parent, " ").content.decode()
    assert "view_as" not in desk.session
    assert not AuditEntry.objects.filter(verb="account.viewed-as").exists()


@pytest.mark.parametrize("who", ["casey_worker", "erin_editor", "alex_parent", "harper_head"])
def test_who_may_not_view_as_anybody_cannot(
    who: str, sam_parent: User, signed_in_client: SignInClient, request: pytest.FixtureRequest
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    views(client, sam_parent)
    assert "view_as" not in client.session


def test_what_stands_in_a_familys_session_opens_nothing(
    alex_parent: User, sam_parent: User, signed_in_client: SignInClient
) -> None:
    client = signed_in_client(alex_parent)
    session = client.session
    session["view_as"] = {"person": str(sam_parent.pk), "until": timezone.now().timestamp() + 600}
    session.save()
    assert "Hello Sam" not in text(client)
