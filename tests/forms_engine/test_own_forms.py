"""Forms that somebody begins unasked: found, begun, carried on with, deleted, sent to a team."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import Team, User
from core import outbox
from core.dates import today
from core.models import AuditEntry, OutboxItem
from families.models import ChildLink
from forms_engine import expiry
from forms_engine.models import Assignment, Draft, FormDefinition, Submission
from schools.models import Child, Membership
from tests.factories import AssignmentFactory, ChildFactory, SchoolFactory, TeamFactory
from tests.forms_engine.conftest import Browser
from tests.forms_engine.editing import published
from tests.forms_engine.test_lints import form_asking
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
BEGIN = reverse("forms:begin", args=["a-form"])


def offered(to: str = "families", **more: Any) -> FormDefinition:
    """A form that a team reads, which people may begin by themselves."""
    data = {"handler": "accounts.team", "offered_to": to, **more}
    form = published(form_asking(label="What about {child}?") | data)
    TeamFactory(name=f"Readers of {form.slug}").forms.add(form)
    return form


@pytest.fixture
def form(db: None) -> FormDefinition:
    return offered()


@pytest.fixture
def sam(signed_in_client: SignIn, sam_parent: User) -> Client:
    return signed_in_client(sam_parent)


@pytest.fixture
def ada(sam_parent: User) -> Child:
    child: Child = ChildFactory(first_name="Ada")
    ChildLink.objects.create(
        person=sam_parent, child=child, relationship="mother", since=today() - dt.timedelta(days=9)
    )
    return child


def page(client: Client) -> str:
    return " ".join(client.get(reverse("forms:mine")).content.decode().split())


def test_a_family_finds_the_forms_that_it_may_begin(sam: Client, form: FormDefinition) -> None:
    offered(to="schools", slug="for-schools", title="For schools")
    offered(to="", slug="asked-for", title="Asked for alone")

    said = page(sam)

    assert BEGIN in said
    assert "For schools" not in said
    assert "Asked for alone" not in said


def test_what_only_parents_can_say_is_not_offered_to_a_young_person_or_a_stranger(
    signed_in_client: SignIn, sam: Client, ada: Child, yusuf_young: User, noor_stranger: User
) -> None:
    offered(to="parents")
    ChildLink.objects.create(
        person=yusuf_young, child=ChildFactory(), relationship=ChildLink.SELF, since=today()
    )

    assert BEGIN in page(sam)
    for person in (yusuf_young, noor_stranger):
        client = signed_in_client(person)
        assert BEGIN not in page(client)
        assert client.get(BEGIN).status_code == 404


def test_a_childs_own_page_is_offered_to_the_child_and_to_a_parent_and_to_nobody_without_a_child(
    signed_in_client: SignIn, sam: Client, ada: Child, yusuf_young: User, noor_stranger: User
) -> None:
    offered(to="children")
    ChildLink.objects.create(
        person=yusuf_young, child=ChildFactory(), relationship=ChildLink.SELF, since=today()
    )

    assert BEGIN in page(sam)
    assert BEGIN in page(signed_in_client(yusuf_young))
    assert BEGIN not in page(signed_in_client(noor_stranger))


def test_what_waits_for_somebody_says_for_whom(
    sam: Client, sam_parent: User, ada: Child, form: FormDefinition
) -> None:
    about = {"about_kind": "families.child", "about_id": ada.pk, "about_name": "Ada"}
    AssignmentFactory(form=form, addressee=sam_parent, **about)

    assert '</a><div class="todo__sub">For Ada</div>' in page(sam)


def test_staff_of_a_school_find_theirs(signed_in_client: SignIn, harper_head: User) -> None:
    Membership.objects.create(person=harper_head, school=SchoolFactory(), since=today())
    offered(to="schools", title="Closure report")

    assert "Closure report" in page(signed_in_client(harper_head))


@pytest.mark.parametrize("to", ["schools", ""])
def test_a_form_that_is_not_offered_to_her_cannot_be_begun(sam: Client, to: str) -> None:
    offered(to=to)

    assert sam.get(BEGIN).status_code == 404
    assert sam.post(BEGIN, {"about": "none"}).status_code == 404
    assert not Draft.objects.exists()


def test_a_form_about_a_linked_child_is_begun_with_its_name_in_the_words(
    sam: Client, form: FormDefinition, ada: Child
) -> None:
    answer = sam.post(BEGIN, {"about": str(ada.pk)}, follow=True)

    assert "What about Ada?" in answer.content.decode()


def test_a_form_about_somebody_elses_child_cannot_be_begun(
    sam: Client, form: FormDefinition, ada: Child
) -> None:
    answer = sam.post(BEGIN, {"about": str(ChildFactory().pk)})

    assert "There is a problem" in answer.content.decode()
    assert not Draft.objects.exists()


def test_without_an_answer_nothing_is_begun(sam: Client, form: FormDefinition, ada: Child) -> None:
    answer = sam.post(BEGIN, {})

    assert 'href="#about"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_begun_twice_it_is_one_form(sam: Client, form: FormDefinition, ada: Child) -> None:
    first = sam.post(BEGIN, {"about": str(ada.pk)}).headers["Location"]
    again = sam.post(BEGIN, {"about": str(ada.pk)}).headers["Location"]
    other = sam.post(BEGIN, {"about": "none"}).headers["Location"]

    assert first == again != other


def test_what_was_begun_stands_on_her_page_until_it_is_deleted(
    sam: Client, form: FormDefinition, ada: Child
) -> None:
    sam.post(BEGIN, {"about": str(ada.pk)})
    draft = Draft.objects.get()
    assert reverse("forms:resume", args=[draft.pk]) in page(sam)

    asked = sam.get(reverse("forms:delete", args=[draft.pk]))
    assert "Delete this form?" in asked.content.decode()
    sam.post(reverse("forms:delete", args=[draft.pk]))

    assert not Draft.objects.exists()
    assert "Forms you have started" not in page(sam)


def test_nobody_else_deletes_it(
    sam: Client, form: FormDefinition, signed_in_client: SignIn, noor_stranger: User
) -> None:
    sam.post(BEGIN, {})
    url = reverse("forms:delete", args=[Draft.objects.get().pk])

    assert signed_in_client(noor_stranger).post(url).status_code == 404
    assert Draft.objects.exists()


@pytest.mark.capability("A32")
def test_that_she_deleted_it_is_written_down(sam: Client, sam_parent: User, form: FormDefinition) -> None:
    sam.post(BEGIN, {})
    draft = Draft.objects.get()
    sam.post(reverse("forms:delete", args=[draft.pk]))
    entry = AuditEntry.objects.get(verb="draft.deleted")
    assert (entry.actor_id, entry.object_id) == (sam_parent.pk, draft.pk)


def test_what_is_sent_from_another_window_while_she_deletes_it_stays_sent(
    sam: Client, form: FormDefinition, rf: RequestFactory
) -> None:
    submission = send(sam)
    as_it_was = Draft.objects.select_related("assignment").get()
    as_it_was.submitted_at = None

    expiry.discard(as_it_was, rf.post("/"))

    assert Draft.objects.get().submitted_at == submission.submitted_at
    assert not AuditEntry.objects.filter(verb="draft.deleted").exists()
    assert Assignment.objects.get().state == Assignment.State.SUBMITTED


def test_what_she_was_asked_for_is_not_hers_to_delete(sam: Client, form: FormDefinition) -> None:
    sam.post(BEGIN, {})
    Assignment.objects.update(is_own=False)

    assert sam.post(reverse("forms:delete", args=[Draft.objects.get().pk])).status_code == 404


def test_when_the_link_to_the_child_ends_the_form_is_shut(
    sam: Client, form: FormDefinition, ada: Child
) -> None:
    url = sam.post(BEGIN, {"about": str(ada.pk)}).headers["Location"]
    ChildLink.objects.update(until=today() - dt.timedelta(days=1))

    assert sam.get(url).status_code == 404
    assert "Ada" not in page(sam)
    assert url not in page(sam)


@pytest.mark.capability("A21")
def test_what_was_sent_about_a_child_is_shut_when_the_link_ends_and_the_team_reads_it_on(
    sam: Client, signed_in_client: SignIn, casey_worker: User, team_form: FormDefinition, ada: Child
) -> None:
    team: Team = TeamFactory(name="Admissions")
    team.members.add(casey_worker)
    team.forms.add(team_form)
    submission = send(sam, about=str(ada.pk))
    assert sam.get(sent := reverse("forms:sent", args=[submission.pk])).status_code == 200
    assert submission.reference in page(sam)

    ChildLink.objects.update(until=today() - dt.timedelta(days=1))

    assert sam.get(sent).status_code == 404
    assert submission.reference not in page(sam)
    assert signed_in_client(casey_worker).get(sent).status_code == 200


@pytest.mark.capability("A21")
def test_what_somebody_sent_about_a_school_is_shut_when_she_leaves_it(
    signed_in_client: SignIn, harper_head: User
) -> None:
    offered(to="schools")
    works_there = Membership.objects.create(
        person=harper_head, school=SchoolFactory(), since=dt.date(2020, 1, 1)
    )
    harper = signed_in_client(harper_head)
    submission = send(harper, about=str(works_there.school_id))
    sent = reverse("forms:sent", args=[submission.pk])
    assert harper.get(sent).status_code == 200

    Membership.objects.filter(pk=works_there.pk).update(until=today() - dt.timedelta(days=1))

    assert harper.get(sent).status_code == 404
    assert submission.reference not in page(harper)


def test_what_was_sent_about_nobody_stays_with_its_sender(
    sam: Client, form: FormDefinition, ada: Child
) -> None:
    submission = send(sam, about="none")
    ChildLink.objects.update(until=today() - dt.timedelta(days=1))
    assert sam.get(reverse("forms:sent", args=[submission.pk])).status_code == 200


def send(client: Client, **answers: str) -> Submission:
    client.post(BEGIN, answers)
    draft = Draft.objects.get()
    Browser(client, draft).post("send", {})
    return Submission.objects.get()


@pytest.fixture
def team_form(db: None) -> FormDefinition:
    """A form that is offered, and read by a team that its test names."""
    form = offered()
    Team.objects.all().delete()
    return form


def run_outbox() -> None:
    for _round in range(3):
        outbox.sweep()


def test_a_team_is_told_that_a_form_has_come_and_reads_it(
    sam: Client, team_form: FormDefinition, casey_worker: User, robin_worker: User
) -> None:
    team: Team = TeamFactory(name="Admissions", email="admissions@council.example")
    team.members.add(casey_worker)
    team.forms.add(team_form)

    submission = send(sam)
    run_outbox()

    items = OutboxItem.objects.filter(kind="email_team")
    assert [item.payload["team"] for item in items] == [str(team.pk)]
    assert submission in Submission.objects.visible_to(casey_worker)
    assert submission not in Submission.objects.visible_to(robin_worker)
    assert submission.reference in page(sam)


def test_a_form_without_a_team_waits_until_somebody_names_one(sam: Client, team_form: FormDefinition) -> None:
    sole = TeamFactory(name="Readers")
    sole.forms.add(team_form)
    sam.post(BEGIN, {})
    sole.forms.clear()
    send(sam)
    run_outbox()
    delivery = OutboxItem.objects.get(kind="form_delivery")
    assert (delivery.state, delivery.last_error) == (OutboxItem.State.WAITING, "NoTeam")

    TeamFactory(name="Admissions", email="admissions@council.example").forms.add(team_form)
    OutboxItem.objects.filter(pk=delivery.pk).update(due=timezone.now())
    run_outbox()

    delivery.refresh_from_db()
    assert delivery.state == OutboxItem.State.DONE


def test_the_page_costs_the_same_for_one_form_and_for_five(sam: Client, sam_parent: User) -> None:
    def cost() -> int:
        page(sam)
        with counted_queries() as queries:
            page(sam)
        return len(queries)

    offered()
    sam.post(BEGIN, {})
    one = cost()
    for number in range(4):
        offered(slug=f"form-{number}")
        sam.post(reverse("forms:begin", args=[f"form-{number}"]), {})

    assert cost() == one
