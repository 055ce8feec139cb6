"""A supervisor looks after the accounts of her school: invites, enables, takes access away (C18-C22)."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.life import closing
from accounts.models import DisabledAccount, Invitation, User
from accounts.people import leaving
from core import outbox
from core.dates import today
from core.models import AuditEntry
from schools import people
from schools.forms import ABOUT_SCHOOL
from schools.invitations import has_room
from schools.models import DetailsAsked, Membership, School
from tests.factories import ChildLinkFactory, SchoolFactory, SubmissionFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("C18", "C19", "C20", "C21", "C22")]
Open = Callable[[User], Client]
Standing = Membership.Standing
EMAIL = "kim.new@example.org"


def works_at(person: User, school: School, standing: str = Standing.STANDARD) -> Membership:
    since = today() - dt.timedelta(days=400)
    return Membership.objects.create(person=person, school=school, standing=standing, since=since)


@pytest.fixture
def oakfield(harper_head: User, sol_bursar: User) -> School:
    """Harper is its supervisor, Sol a standard user."""
    school: School = SchoolFactory(name="Oakfield")
    works_at(harper_head, school, Standing.SUPERVISOR)
    works_at(sol_bursar, school)
    return school


@pytest.fixture
def harper(signed_in_client: Open, harper_head: User, oakfield: School) -> Client:
    """The supervisor's browser."""
    return signed_in_client(harper_head)


def url(name: str, *args: Any) -> str:
    return reverse(f"schools:{name}", args=args)


def invited(client: Client, school: School, standing: str = Standing.STANDARD, email: str = EMAIL) -> Any:
    said = {"name": "Kim New", "email": email, "standing": standing}
    return client.post(url("invite", school.pk), said)


def link_of_letter() -> str:
    return link_of_letter_to("")


def link_of_letter_to(email: str) -> str:
    """The link in the newest invitation; to `email`, if one is given."""
    outbox.sweep()
    letters = [letter for letter in mail.outbox if "invites you" in letter.body]
    body = next(letter.body for letter in reversed(letters) if not email or letter.to == [email])
    found = re.search(r"https?://[^/]+(/invitation/\S+)", body)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["Click https://evil.example", "evil.example", "Kim\n\nPay us at once"])
def test_the_name_of_whom_she_invites_leads_nobody_anywhere(
    harper: Client, signed_in_client: Open, admin: User, oakfield: School, name: str
) -> None:
    said = {"name": name, "email": EMAIL, "standing": Standing.STANDARD}
    harper.post(url("invite", oakfield.pk), said)
    signed_in_client(admin).post(reverse("school_invite"), said | {"school": oakfield.pk})
    assert not Invitation.objects.exists()


def test_a_supervisor_sees_who_works_at_her_school_and_the_look_is_written_down(
    harper: Client, harper_head: User, oakfield: School, noor_stranger: User
) -> None:
    works_at(noor_stranger, SchoolFactory(name="Northgate"))
    said = harper.get(url("staff", oakfield.pk)).content.decode()
    assert "Sol Bursar" in said
    assert "Noor Stranger" not in said
    entry = AuditEntry.objects.get(verb="school.staff-read")
    assert (entry.actor_id, entry.object_id) == (harper_head.pk, oakfield.pk)


def test_her_own_page_leads_there_and_a_standard_users_does_not(
    harper: Client, signed_in_client: Open, sol_bursar: User, oakfield: School
) -> None:
    page = url("staff", oakfield.pk)
    assert page in harper.get("/family/").content.decode()
    assert page not in signed_in_client(sol_bursar).get("/family/").content.decode()


@pytest.mark.parametrize("who", ["sol_bursar", "noor_stranger", "morgan_manager", "admin"])
def test_nobody_else_opens_these_pages(
    oakfield: School, harper_head: User, signed_in_client: Open, request: pytest.FixtureRequest, who: str
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    for name, args in (
        ("staff", []),
        ("invite", []),
        ("remove", [harper_head.pk]),
        ("details", [harper_head.pk]),
    ):
        assert client.get(url(name, oakfield.pk, *args)).status_code == 404
    assert invited(client, oakfield).status_code == 404
    assert not Invitation.objects.exists()


def test_a_supervisor_of_another_school_does_not_either(
    oakfield: School, sol_bursar: User, noor_stranger: User, signed_in_client: Open
) -> None:
    works_at(noor_stranger, SchoolFactory(name="Northgate"), Standing.SUPERVISOR)
    client = signed_in_client(noor_stranger)
    assert client.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "Mine"}).status_code == 404
    assert Membership.objects.holding(today()).filter(person=sol_bursar).exists()


def test_whoever_is_invited_accepts_and_works_there(
    harper: Client, oakfield: School, signed_in_client: Open, harper_head: User
) -> None:
    assert invited(harper, oakfield).status_code == 302
    assert "Kim New" in harper.get(url("staff", oakfield.pk)).content.decode()
    kim: User = UserFactory(first_name="Kim", email=EMAIL)
    kims, link = signed_in_client(kim), link_of_letter()
    assert "Standard user, Oakfield" in kims.get(link).content.decode()
    assert not Membership.objects.filter(person=kim).exists()
    assert kims.post(link).status_code == 302
    begun = Membership.objects.get(person=kim)
    assert (begun.school, begun.standing, begun.since) == (oakfield, Standing.STANDARD, today())
    entry = AuditEntry.objects.get(verb="membership.begun")
    assert (entry.object_id, entry.subject_id) == (oakfield.pk, kim.pk)
    outbox.sweep()
    assert mail.outbox[-1].to == [harper_head.email]


def test_the_council_invites_the_first_supervisor_of_a_school(
    signed_in_client: Open, morgan_manager: User
) -> None:
    school = SchoolFactory(name="Northgate")
    said = {"name": "Kim New", "email": EMAIL, "school": school.pk, "standing": Standing.SUPERVISOR}
    client = signed_in_client(morgan_manager)
    page = reverse("school_invite")
    for email in (EMAIL, "two@example.org"):
        assert client.post(page, said | {"email": email}).status_code == 302
    assert "two supervisors" in client.post(page, said | {"email": "three@example.org"}).content.decode()
    assert page in client.get("/admin/accounts/invitation/").content.decode()
    kim: User = UserFactory(email="two@example.org")
    assert signed_in_client(kim).post(link_of_letter()).status_code == 302
    assert Membership.objects.get(person=kim).standing == Standing.SUPERVISOR


def test_a_school_has_two_supervisors_at_the_most(harper: Client, oakfield: School) -> None:
    assert invited(harper, oakfield, Standing.SUPERVISOR).status_code == 302
    said = invited(harper, oakfield, Standing.SUPERVISOR, "another@example.org").content.decode()
    assert "two supervisors" in said
    assert Invitation.objects.count() == 1


def test_whoever_is_a_standard_user_becomes_supervisor_and_never_less(
    harper: Client, oakfield: School, signed_in_client: Open, sol_bursar: User, harper_head: User
) -> None:
    sols = signed_in_client(sol_bursar)
    for standing in (Standing.SUPERVISOR, Standing.STANDARD):
        invited(harper, oakfield, standing, sol_bursar.email)
        assert sols.post(link_of_letter()).status_code == 302
        assert Membership.objects.get(person=sol_bursar).standing == Standing.SUPERVISOR


def test_it_is_sent_again_and_withdrawn(harper: Client, oakfield: School, client: Client) -> None:
    invited(harper, oakfield)
    first, row = link_of_letter(), Invitation.objects.get()
    harper.post(url("again", oakfield.pk, row.pk))
    assert client.get(first).status_code == 410
    second = link_of_letter()
    assert client.get(second).status_code == 200
    harper.post(url("withdraw", oakfield.pk, row.pk))
    assert client.get(second).status_code == 410


def test_nobody_touches_the_invitations_of_another_school(
    harper: Client, admin: User, oakfield: School
) -> None:
    row = Invitation(
        name="Lou", email="lou@example.org", kind="school", what="standard", place=SchoolFactory().pk
    )
    row.invited_by = admin
    row.issue()
    row.save()
    for name in ("again", "withdraw"):
        assert harper.post(url(name, oakfield.pk, row.pk)).status_code == 404
    assert Invitation.objects.usable().count() == 1


def test_an_invitation_of_a_supervisor_who_is_none_any_more_is_over(
    harper: Client, oakfield: School, harper_head: User, client: Client
) -> None:
    invited(harper, oakfield)
    Membership.objects.filter(person=harper_head).update(standing=Standing.STANDARD)
    assert client.get(link_of_letter()).status_code == 410


def test_access_is_taken_away_with_a_reason_and_at_once(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open
) -> None:
    sols = signed_in_client(sol_bursar)
    page = url("remove", oakfield.pk, sol_bursar.pk)
    assert "Write down why" in harper.post(page, {"reason": " "}).content.decode()
    assert harper.post(page, {"reason": "Sol works elsewhere."}).status_code == 302
    assert not Membership.objects.holding(today()).filter(person=sol_bursar).exists()
    assert sols.get("/family/").status_code == 302
    sol_bursar.refresh_from_db()
    assert not sol_bursar.is_active
    assert sol_bursar.disabled.why == DisabledAccount.Why.LEFT
    assert AuditEntry.objects.get(verb="membership.ended").reason == "Sol works elsewhere."
    assert "Left within the last year" in harper.get(url("staff", oakfield.pk)).content.decode()


def test_whoever_is_a_parent_too_keeps_the_account_for_that(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    ChildLinkFactory(person=sol_bursar)
    harper.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "Sol works elsewhere."})
    sol_bursar.refresh_from_db()
    assert sol_bursar.is_active
    assert not Membership.objects.holding(today()).filter(person=sol_bursar).exists()


def test_whoever_has_sent_a_form_of_her_own_keeps_the_account_for_that(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    SubmissionFactory(assignment__addressee=sol_bursar)
    harper.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "Sol works elsewhere."})
    sol_bursar.refresh_from_db()
    assert sol_bursar.is_active
    assert not Membership.objects.holding(today()).filter(person=sol_bursar).exists()


def test_a_form_of_the_school_keeps_no_account(harper: Client, oakfield: School, sol_bursar: User) -> None:
    SubmissionFactory(assignment__addressee=sol_bursar, about_kind=ABOUT_SCHOOL)
    harper.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "Sol works elsewhere."})
    sol_bursar.refresh_from_db()
    assert not sol_bursar.is_active


def test_nobody_takes_her_own_access_away_or_enables_herself(
    harper: Client, oakfield: School, harper_head: User
) -> None:
    for name in ("remove", "enable"):
        assert harper.post(url(name, oakfield.pk, harper_head.pk), {"reason": "Mine"}).status_code == 404
    assert Membership.objects.holding(today()).filter(person=harper_head).exists()


def test_a_supervisor_enables_an_account_that_nobody_used(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    leaving.disable(sol_bursar, DisabledAccount.Why.UNUSED)
    assert "Disabled on" in harper.get(url("staff", oakfield.pk)).content.decode()
    page = url("enable", oakfield.pk, sol_bursar.pk)
    assert "Write down why" in harper.post(page, {"reason": ""}).content.decode()
    assert harper.post(page, {"reason": "Back from leave."}).status_code == 302
    sol_bursar.refresh_from_db()
    assert sol_bursar.is_active
    assert sol_bursar.use.counted_from == today()
    assert harper.post(page, {"reason": "Again."}).status_code == 404


def test_an_account_with_a_role_at_the_council_is_the_councils_to_enable(
    harper: Client, oakfield: School, casey_worker: User
) -> None:
    works_at(casey_worker, oakfield)
    leaving.disable(casey_worker, DisabledAccount.Why.UNUSED)
    assert harper.post(url("enable", oakfield.pk, casey_worker.pk), {"reason": "Mine"}).status_code == 404
    casey_worker.refresh_from_db()
    assert not casey_worker.is_active


@pytest.mark.parametrize("standing", ["headteacher", "bursar", "chair", "governor", "clerk"])
def test_a_supervisor_asks_for_each_kind_of_account(
    harper: Client, oakfield: School, signed_in_client: Open, standing: str
) -> None:
    assert invited(harper, oakfield, standing).status_code == 302
    kim: User = UserFactory(first_name="Kim", email=EMAIL)
    assert signed_in_client(kim).post(link_of_letter()).status_code == 302
    assert Membership.objects.get(person=kim).standing == standing


def test_who_is_a_supervisor_stays_one_whatever_else_she_is_invited_as(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open
) -> None:
    for standing, then in (
        ("bursar", "bursar"),
        ("standard", "bursar"),
        ("supervisor",) * 2,
        ("clerk", "supervisor"),
    ):
        assert invited(harper, oakfield, standing, sol_bursar.email).status_code == 302
        assert signed_in_client(sol_bursar).post(link_of_letter()).status_code == 302
        assert Membership.objects.get(person=sol_bursar).standing == then


def test_a_school_never_has_three_supervisors_not_by_sending_again_either(
    harper: Client, oakfield: School, signed_in_client: Open
) -> None:
    first, second = (UserFactory(email=f"{name}@example.org") for name in ("first", "second"))
    invited(harper, oakfield, Standing.SUPERVISOR, first.email)
    late = Invitation.objects.get()
    Invitation.objects.update(valid_until=timezone.now())
    invited(harper, oakfield, Standing.SUPERVISOR, second.email)
    harper.post(url("again", oakfield.pk, late.pk))
    links = [link_of_letter_to(one.email) for one in (second, first)]

    for person, link in zip((second, first), links, strict=True):
        signed_in_client(person).post(link)

    supervisors = Membership.objects.filter(school=oakfield, standing=Standing.SUPERVISOR)
    assert supervisors.count() == 2
    assert not supervisors.filter(person=first).exists()
    assert (
        "not open any more" in harper.post(url("again", oakfield.pk, late.pk), follow=True).content.decode()
    )


RIGHT = {"first_name": "Solomon", "last_name": "Bursar", "email": "solomon@oakfield.example"}


def test_a_supervisor_asks_a_colleague_to_put_details_right_and_changes_nothing_herself(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open, harper_head: User
) -> None:
    before = sol_bursar.email
    assert harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT).status_code == 302

    assert "to put name or email address right" in harper.get(url("staff", oakfield.pk)).content.decode()
    sol_bursar.refresh_from_db()
    assert (sol_bursar.first_name, sol_bursar.email) == ("Sol", before)
    outbox.sweep()
    assert [letter.to for letter in mail.outbox] == [[before]]
    assert RIGHT["email"] not in mail.outbox[0].body
    assert url("your_details", oakfield.pk) in mail.outbox[0].body
    entry = AuditEntry.objects.get(verb="membership.details-asked")
    assert (entry.actor_id, entry.object_id, entry.subject_id) == (harper_head.pk, oakfield.pk, sol_bursar.pk)


def test_the_colleague_reads_what_is_asked_where_to_change_it_and_may_say_no(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT)
    sol, page = signed_in_client(sol_bursar), url("your_details", oakfield.pk)
    assert page in sol.get("/family/").content.decode()

    said = sol.get(page).content.decode()
    for words in ("Solomon Bursar", RIGHT["email"], reverse("accounts:new_email"), "/account/change/name/"):
        assert words in said
    assert sol.post(page).status_code == 302

    assert "Nobody asks you to change anything." in sol.get(page).content.decode()
    assert page not in sol.get("/family/").content.decode()
    assert AuditEntry.objects.filter(verb="membership.details-refused").count() == 1


def test_the_link_says_that_the_colleague_is_asked(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    assert "Ask to change details" in harper.get(url("staff", oakfield.pk)).content.decode()
    said = harper.get(url("details", oakfield.pk, sol_bursar.pk)).content.decode()
    assert "Ask Sol Bursar to change details" in said


def test_the_supervisor_who_asked_hears_that_the_colleague_said_no(
    harper: Client, oakfield: School, harper_head: User, sol_bursar: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT)
    sol, page = signed_in_client(sol_bursar), url("your_details", oakfield.pk)
    assert "they get an email that says so" in sol.get(page).content.decode()
    outbox.sweep()
    mail.outbox.clear()

    sol.post(page)
    sol.post(page)

    outbox.sweep()
    (letter,) = mail.outbox
    assert letter.to == [harper_head.email]
    assert letter.subject == "Your colleague said no to new details"
    assert "Oakfield" in letter.body
    assert url("details", oakfield.pk, sol_bursar.pk) in letter.body
    for private in (RIGHT["email"], sol_bursar.email, "Bursar"):
        assert private not in letter.body
    assert AuditEntry.objects.filter(verb="membership.details-refused").count() == 1


def test_who_supervises_the_school_no_more_hears_nothing_of_its_staff(
    harper: Client, oakfield: School, harper_head: User, sol_bursar: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT)
    Membership.objects.filter(person=harper_head).update(standing=Standing.STANDARD)
    outbox.sweep()
    mail.outbox.clear()

    signed_in_client(sol_bursar).post(url("your_details", oakfield.pk))

    outbox.sweep()
    assert not mail.outbox
    assert not DetailsAsked.objects.exists()


def test_who_has_put_it_right_says_no_to_nothing(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT | {"email": sol_bursar.email})
    sol = signed_in_client(sol_bursar)
    sol.post("/account/change/name/", {"first_name": "Solomon", "last_name": "Bursar"})
    outbox.sweep()
    mail.outbox.clear()

    sol.post(url("your_details", oakfield.pk))  # from a page opened before

    outbox.sweep()
    assert not mail.outbox
    assert not AuditEntry.objects.filter(verb="membership.details-refused").exists()


def test_what_she_has_put_right_is_asked_no_more(
    harper: Client, oakfield: School, sol_bursar: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT | {"email": sol_bursar.email})
    sol, page = signed_in_client(sol_bursar), url("your_details", oakfield.pk)
    assert reverse("accounts:new_email") not in sol.get(page).content.decode()
    sol.post("/account/change/name/", {"first_name": "Solomon", "last_name": "Bursar"})
    assert "Nobody asks you to change anything." in sol.get(page).content.decode()
    assert "to put name" not in harper.get(url("staff", oakfield.pk)).content.decode()


def test_details_that_the_account_has_are_no_question(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    same = {"first_name": "Sol", "last_name": "Bursar", "email": sol_bursar.email.upper()}
    said = harper.post(url("details", oakfield.pk, sol_bursar.pk), same).content.decode()
    assert "The account says this already." in said


def test_nobody_is_asked_more_than_three_times_a_day(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    page = url("details", oakfield.pk, sol_bursar.pk)
    answers = [
        harper.post(page, RIGHT | {"first_name": name}).status_code for name in ("Bo", "Cy", "Di", "Ed")
    ]
    assert answers == [302, 302, 302, 429]


def test_what_one_is_asked_is_for_nobody_else(
    harper: Client, oakfield: School, sol_bursar: User, noor_stranger: User, signed_in_client: Open
) -> None:
    harper.post(url("details", oakfield.pk, sol_bursar.pk), RIGHT)
    page = url("your_details", oakfield.pk)
    assert RIGHT["email"] not in harper.get(page).content.decode()
    assert signed_in_client(noor_stranger).get(page).status_code == 404


def test_what_was_asked_goes_after_30_days_and_with_her_access(
    harper: Client, oakfield: School, sol_bursar: User
) -> None:
    page = url("details", oakfield.pk, sol_bursar.pk)
    harper.post(page, RIGHT)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        people.forget_details_asked()
    assert not DetailsAsked.objects.exists()

    harper.post(page, RIGHT)
    harper.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "She works elsewhere now."})
    assert not DetailsAsked.objects.exists()


def test_who_was_removed_does_not_come_back_by_an_older_invitation(
    harper: Client, oakfield: School, sol_bursar: User, morgan_manager: User
) -> None:
    row = Invitation(name="Sol", email=sol_bursar.email, kind="school", what="supervisor", place=oakfield.pk)
    row.invited_by = morgan_manager
    row.issue()
    row.save()

    harper.post(url("remove", oakfield.pk, sol_bursar.pk), {"reason": "Sol works elsewhere."})

    assert not Invitation.objects.open().exists()


def test_a_school_does_not_count_who_has_closed_her_account(
    oakfield: School, sol_bursar: User, rf: RequestFactory
) -> None:
    works_at(UserFactory(), oakfield, Standing.SUPERVISOR)
    Membership.objects.filter(person=sol_bursar).delete()
    second = Membership.objects.holding(today()).filter(school=oakfield).latest("pk").person
    assert not has_room(oakfield.pk, today())
    request = rf.post("/")
    request.user = second

    closing.close(second, request)

    assert has_room(oakfield.pk, today())
    assert AuditEntry.objects.filter(verb="membership.ended", object_id=oakfield.pk).exists()
