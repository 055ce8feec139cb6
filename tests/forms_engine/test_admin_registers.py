"""Sent forms in the admin: answers as they were asked, files, the case, and forms that did not arrive tried again."""

import re
from collections.abc import Callable

import pytest
from django.db.models import Q
from django.test import Client

from accounts.models import User
from casework.models import Case
from core.dates import today
from core.models import AuditEntry, OutboxItem
from forms_engine.models import Assignment, Delivery, Submission, SubmissionContent
from forms_engine.registries import viewers
from tests.factories import SubmissionFactory
from tests.house.family import Family, Papers, build
from tests.queries import counted_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SENT = "/admin/forms_engine/submission/"
DELIVERIES = "/admin/forms_engine/delivery/"


@pytest.fixture
def family(db: None) -> Family:
    """Two parents who have each sent a form with a file; the deliveries were given up."""
    return build()


@pytest.fixture
def sams(family: Family) -> Papers:
    return family.papers[0]


@pytest.fixture
def casey(signed_in_client: SignIn, family: Family) -> Client:
    return signed_in_client(family.people["casey_worker"])


def html(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


@pytest.mark.capability("B31", "B33")
def test_the_team_reads_the_answers_and_opens_the_file(casey: Client, sams: Papers) -> None:
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert sams.words.sent in page
    (link,) = re.findall(r'href="(/forms/sent/[^"]+/files/[^"]+)"', page)
    assert casey.get(link).status_code == 200


@pytest.mark.capability("A32")
def test_a_look_at_the_answers_is_written_down(casey: Client, family: Family, sams: Papers) -> None:
    html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    entry = AuditEntry.objects.get(verb="submission.read", actor_id=family.people["casey_worker"].pk)
    assert entry.object_id == sams.submission.pk
    assert (entry.subject_type, entry.subject_id) == ("schools.child", family.case.child_id)
    assert entry.role == "Caseworkers"


def test_sent_forms_are_found_by_reference_and_narrowed_by_state(
    casey: Client, family: Family, sams: Papers
) -> None:
    others = family.papers[1].submission.reference
    found = html(casey, f"{SENT}?q={sams.submission.reference}")
    assert sams.submission.reference in found
    assert others not in found
    assert "Nothing matches." in html(casey, f"{SENT}?state=accepted")
    assert others in html(casey, f"{SENT}?state=submitted")


def page_of(client: Client, submission: Submission) -> str:
    return html(client, f"{SENT}inspect/{submission.pk}/")


@pytest.fixture
def sent_anew(sams: Papers) -> Submission:
    """The form was opened again, and Sam has sent it a second time."""
    return SubmissionFactory(
        assignment=sams.submission.assignment,
        version=sams.submission.version,
        about_kind=sams.submission.about_kind,
        about_id=sams.submission.about_id,
    )


@pytest.mark.capability("B33")
def test_a_sent_form_leads_to_its_case_and_names_the_child(
    casey: Client, family: Family, sams: Papers
) -> None:
    page = page_of(casey, sams.submission)
    case = f"/admin/casework/case/inspect/{family.case.pk}/"
    assert f'<a class="case-link" href="{case}">case {family.case.reference}</a>' in page
    assert f"<b>{family.case.child.full_name}</b>" in page


@pytest.mark.capability("B33")
def test_a_sent_form_is_accepted_from_its_own_page(casey: Client, sams: Papers) -> None:
    accept = f"/admin/casework/case/actions/{sams.done.pk}/accept/"
    assert f'action="{accept}"' in page_of(casey, sams.submission)
    casey.post(accept)
    page = page_of(casey, sams.submission)
    assert accept not in page
    assert f'href="/admin/casework/case/actions/{sams.done.pk}/reopen/"' in page
    assert '<span class="case-tag">Accepted</span>' in page


def test_a_closed_case_offers_nothing_to_do_with_its_forms(
    casey: Client, family: Family, sams: Papers
) -> None:
    Case.objects.filter(pk=family.case.pk).update(closed_on=today())
    page = page_of(casey, sams.submission)
    assert family.case.reference in page
    assert "/admin/casework/case/actions/" not in page


def test_whoever_may_read_a_form_and_not_its_case_is_told_nothing_of_the_case(
    signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    robin = family.people["robin_worker"]
    viewers.register("test", lambda user: Q(pk__in=[sams.submission.pk]) if user == robin else Q())
    try:
        pages = [
            html(signed_in_client(robin), path) for path in (SENT, f"{SENT}inspect/{sams.submission.pk}/")
        ]
    finally:
        viewers._entries.pop("test")
    for page in pages:
        assert sams.submission.reference in page
        assert family.case.reference not in page
        assert family.case.child.last_name not in page
        assert "/admin/casework/case/actions/" not in page


def test_a_form_sent_anew_says_what_it_replaces_and_the_earlier_one_by_what(
    casey: Client, sams: Papers, sent_anew: Submission
) -> None:
    earlier, later = page_of(casey, sams.submission), page_of(casey, sent_anew)
    assert re.search(rf"Replaced by\s+<a [^>]*{sent_anew.pk}/\">{sent_anew.reference}</a>", earlier)
    assert "/admin/casework/case/actions/" not in earlier
    assert re.search(rf"Replaces\s+<a [^>]*{sams.submission.pk}/\">{sams.submission.reference}</a>", later)
    assert "/admin/casework/case/actions/" in later
    assert "Replaced by" not in later


def test_the_list_tells_what_was_replaced_from_what_is_to_be_read(
    casey: Client, sams: Papers, sent_anew: Submission
) -> None:
    replaced, to_read = html(casey, f"{SENT}?state=replaced"), html(casey, f"{SENT}?state=submitted")
    assert sams.submission.reference in replaced
    assert sent_anew.reference not in replaced
    assert sent_anew.reference in to_read
    assert sams.submission.reference not in to_read


def test_states_can_be_chosen_that_something_sent_can_be_in(casey: Client, sams: Papers) -> None:
    page = html(casey, SENT)
    choices = re.findall(r'<option value="(\w+)"', page[page.index('id="filter-state"') :])
    assert choices == ["submitted", "accepted", "reopened", "replaced", "withdrawn"]
    Assignment.objects.filter(pk=sams.done.assignment_id).update(state=Assignment.State.STARTED)
    assert sams.submission.reference in html(casey, f"{SENT}?state=reopened")


def test_the_list_names_the_child_in_full_at_the_cost_of_one_query(
    casey: Client, family: Family, sams: Papers
) -> None:
    def queries() -> int:
        with counted_queries() as found:
            assert f"{family.case.child.full_name}</td>" in html(casey, SENT)
        return len(found)

    queries()
    before = queries()
    for _number in range(10):
        SubmissionFactory(
            assignment=sams.submission.assignment,
            version=sams.submission.version,
            about_kind=sams.submission.about_kind,
            about_id=sams.submission.about_id,
        )
    assert queries() == before


def test_the_page_says_whether_the_answers_are_still_those_that_were_sent(
    casey: Client, sams: Papers
) -> None:
    assert "The answers are the ones that were sent" in page_of(casey, sams.submission)
    SubmissionContent.objects.filter(submission=sams.submission).update(typed=[])
    assert "Not as it was sent" in page_of(casey, sams.submission)


def test_forms_that_have_arrived_are_left_out_of_those_on_their_way_unless_asked_for(
    casey: Client, sams: Papers
) -> None:
    assert sams.submission.reference in html(casey, DELIVERIES)
    OutboxItem.objects.filter(pk=sams.delivery.item_id).update(state=OutboxItem.State.DONE)
    assert sams.submission.reference not in html(casey, DELIVERIES)
    assert sams.submission.reference in html(casey, f"{DELIVERIES}?state=all")
    assert "Arrived" in html(casey, f"{DELIVERIES}?state=done")


def test_a_file_that_others_may_not_open_yet_is_named_and_not_linked(casey: Client, sams: Papers) -> None:
    sams.file.scan = "waiting"
    sams.file.save(update_fields=["scan"])
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert sams.file.name in page
    assert f"/files/{sams.file.pk}/" not in page


def test_answers_that_have_been_deleted_are_said_to_be_deleted(casey: Client, sams: Papers) -> None:
    sams.submission.content.delete()
    page = html(casey, f"{SENT}inspect/{sams.submission.pk}/")
    assert "The answers have been deleted" in page
    assert sams.words.sent not in page


@pytest.mark.parametrize("person", ["robin_worker", "erin_editor", "admin"])
def test_nobody_outside_the_team_finds_them(
    person: str, signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    client = signed_in_client(family.people[person])
    for path in (
        SENT,
        DELIVERIES,
        f"{SENT}inspect/{sams.submission.pk}/",
        f"{SENT}?q={sams.submission.reference}",
    ):
        page = html(client, path).replace(f'value="{sams.submission.reference}"', "")
        assert sams.submission.reference not in page, path
        assert sams.words.sent not in page, path


def again(delivery: Delivery) -> str:
    return f"/admin/deliveries/{delivery.pk}/again/"


@pytest.mark.capability("B34")
def test_a_dead_delivery_is_tried_again_by_whoever_may(
    signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    morgan = family.people["morgan_manager"]
    client = signed_in_client(morgan)
    assert f'formaction="{again(sams.delivery)}"' in html(client, f"{DELIVERIES}?state=dead")
    assert client.get(again(sams.delivery)).status_code == 405
    assert "It is tried again" in client.post(again(sams.delivery), follow=True).content.decode()
    assert OutboxItem.objects.get(pk=sams.delivery.item_id).state == OutboxItem.State.WAITING
    assert AuditEntry.objects.filter(verb="delivery.again", actor_id=morgan.pk).exists()


@pytest.mark.parametrize("person", ["robin_worker", "erin_editor", "sam_parent"])
def test_nobody_else_tries_a_delivery_again(
    person: str, signed_in_client: SignIn, family: Family, sams: Papers
) -> None:
    signed_in_client(family.people[person]).post(again(sams.delivery))
    assert OutboxItem.objects.get(pk=sams.delivery.item_id).state == OutboxItem.State.DEAD
