"""Unfinished forms are kept long enough, and then not longer."""

import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.dates import day_text, today
from core.models import AuditEntry, OutboxItem
from core.outbox import sweep
from core.periodic import run_due
from core.private_files import private_storage
from forms_engine import start
from forms_engine.expiry import delete_expired, remind
from forms_engine.last_copies import delete_old
from forms_engine.models import Assignment, Draft, FormVersion, LastCopy, Party, StepAnswers, Upload
from forms_engine.registries import still_open
from forms_engine.rules.expiry import kept_until
from tests.factories import SubmissionFactory
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, ask, pdf_file
from tests.pdf_text import text_of

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("due", "until"),
    [
        pytest.param(None, dt.date(2026, 5, 30), id="no last day"),
        pytest.param(dt.date(2026, 3, 20), dt.date(2026, 5, 30), id="the form's own life is longer"),
        pytest.param(
            dt.date(2026, 5, 15), dt.date(2026, 6, 15), id="never before 30 days after its last day"
        ),
    ],
)
def test_a_draft_is_kept_for_its_life_and_never_less_than_30_days_after_its_last_day(
    due: dt.date | None, until: dt.date
) -> None:
    assert kept_until(NOON, 90, due).date() == until


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def begun(draft: Draft, days_ago: int) -> Draft:
    """As if all of it had happened so many days ago, with a last day a week after; its person was told in time."""
    when = timezone.now() - days(days_ago)
    Draft.objects.filter(pk=draft.pk).update(begun_at=when, expires_at=when + days(90), reminded=2)
    StepAnswers.objects.filter(party__draft=draft).update(saved_at=when)
    Upload.objects.filter(party__draft=draft).update(added_at=when)
    Assignment.objects.filter(pk=draft.assignment_id).update(due=when.date() + days(7))
    return draft


def test_a_draft_whose_time_is_over_goes_with_its_answers_and_files(
    sams: Browser, django_capture_on_commit_callbacks: object
) -> None:
    sams.fill_in(until="files")
    sams.post("files", {"q-note": "The report", "q-reports": pdf_file(), "add": "reports"})
    stored = Upload.objects.get().stored.name
    begun(sams.draft, 91)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert delete_expired() == 1
    for model in (Draft, Party, StepAnswers, Upload):
        assert not model.objects.exists()
    assert not private_storage().exists(stored)
    entry = AuditEntry.objects.get(verb="draft.expired")
    assert (entry.object_id, entry.actor_id) == (sams.draft.pk, None)
    assert entry.reason == f"assignment {sams.draft.assignment_id}"
    assert delete_expired() == 0


def test_a_form_that_is_deleted_leaves_its_answers_as_a_pdf_to_its_person_alone(
    sams: Browser, signed_in_client: Callable[[User], Client], alex_parent: User
) -> None:
    sams.fill_in(until="files")
    begun(sams.draft, 91)
    delete_expired()
    copy = LastCopy.objects.get()
    url = reverse("forms:last_copy", args=[copy.pk])
    mine = sams.client.get(reverse("forms:mine")).content.decode()
    assert "Forms that were deleted before you sent them" in mine
    assert f'href="{url}"' in mine
    said = text_of(pikepdf.open(io.BytesIO(sams.client.get(url).getvalue())))
    assert "Thisformwasneversent." in said
    assert sample.YOU["q-name"].replace(" ", "") in said
    assert AuditEntry.objects.filter(verb="lastcopy.download", object_id=copy.pk).count() == 1
    assert signed_in_client(alex_parent).get(url).status_code == 404


def test_a_form_that_had_shut_for_its_person_leaves_her_no_copy(sams: Browser) -> None:
    sams.fill_in(until="files")
    begun(sams.draft, 91)
    Assignment.objects.update(about_kind="test.case")
    still_open.register("test.case", lambda person, assignment, day: False)
    try:
        assert delete_expired() == 1
    finally:
        still_open._entries.pop("test.case")
    assert not LastCopy.objects.exists()


def test_of_an_empty_form_no_copy_is_left_and_copies_go_after_half_a_year(sams: Browser) -> None:
    begun(sams.draft, 91)
    assert delete_expired() == 1
    assert not LastCopy.objects.exists()

    again = start.start(Assignment.objects.get(), timezone.now())
    Browser(sams.client, again).post("you", sample.YOU)
    begun(again, 91)
    delete_expired()
    # At noon: in its last hour a winter's day is the next one by summer's clocks.
    later = timezone.make_aware(dt.datetime.combine(today() + days(183), dt.time(12)))
    assert delete_old(later) == 0
    assert delete_old(later + days(2)) == 1


def test_what_somebody_worked_on_lately_stays_however_long_ago_it_was_begun(sams: Browser) -> None:
    begun(sams.draft, 91)
    sams.fill_in(until="visit")
    assert delete_expired() == 0
    sams.draft.refresh_from_db()
    assert sams.draft.expires_at > timezone.now() + days(89)


def test_a_draft_stays_until_30_days_after_its_last_day(draft: Draft) -> None:
    begun(draft, 91)
    Assignment.objects.update(due=timezone.now().date() - days(29))
    assert delete_expired() == 0
    Draft.objects.update(reminded=2)
    assert delete_expired(timezone.now() + days(3)) == 1


def test_a_draft_that_was_sent_is_left_alone(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(submitted_at=timezone.now())
    begun(draft, 400)
    assert delete_expired() == 0
    assert Draft.objects.exists()


def test_whoever_is_still_asked_can_start_anew(draft: Draft, asked: Assignment) -> None:
    begun(draft, 400)
    assert delete_expired() == 1
    asked.refresh_from_db()
    assert asked.state == Assignment.State.ASKED
    assert start.start(asked, timezone.now()) != draft


def test_a_form_that_was_opened_again_is_open_again(draft: Draft, asked: Assignment) -> None:
    SubmissionFactory(assignment=asked)
    begun(draft, 400)
    delete_expired()
    asked.refresh_from_db()
    assert asked.state == Assignment.State.REOPENED


def test_a_run_ends_when_its_time_is_up_and_the_next_goes_on(version: FormVersion, sam_parent: User) -> None:
    for _number in range(25):
        begun(start.start(ask(version, sam_parent), timezone.now()), 400)
    assert delete_expired(longest=0) == 1
    assert delete_expired(longest=600) == 24


def test_one_that_cannot_be_deleted_holds_up_no_other(
    version: FormVersion, sam_parent: User, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (begun(start.start(ask(version, sam_parent), timezone.now()), ago) for ago in (401, 400))

    def fails_for_the_first(execute, sql, params, *rest):  # type: ignore[no-untyped-def]
        if sql.startswith('INSERT INTO "core_auditentry"') and first.pk.hex in str(params).replace("-", ""):
            raise DatabaseError
        return execute(sql, params, *rest)

    with connection.execute_wrapper(fails_for_the_first):
        assert delete_expired() == 1

    assert list(Draft.objects.all()) == [first]
    assert f"Draft {first.pk} could not be seen to" in caplog.text
    assert not Draft.objects.filter(pk=second.pk).exists()


def test_nothing_is_deleted_two_days_before_which_its_person_was_not_told(draft: Draft) -> None:
    begun(draft, 400)
    Draft.objects.update(reminded=14)

    assert delete_expired() == 0

    assert reminders() == 1
    draft.refresh_from_db()
    assert draft.expires_at > timezone.now() + days(1.9)
    assert (remind(), delete_expired(), reminders()) == (0, 0, 1)
    assert delete_expired(timezone.now() + days(2.1)) == 1


def test_where_nobody_can_be_told_it_is_deleted(draft: Draft) -> None:
    begun(draft, 400)
    Draft.objects.update(reminded=None)
    Party.objects.update(user=None, browser="b" * 64)
    assert (delete_expired(), reminders()) == (1, 0)


def test_what_cannot_be_written_down_is_not_deleted(draft: Draft) -> None:
    def no_audit(execute, sql, *rest):  # type: ignore[no-untyped-def]
        if sql.startswith('INSERT INTO "core_auditentry"'):
            raise DatabaseError
        return execute(sql, *rest)

    begun(draft, 400)
    with connection.execute_wrapper(no_audit):
        assert delete_expired() == 0
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_worker_deletes_them_as_it_goes_round(draft: Draft) -> None:
    begun(draft, 400)
    assert "delete-expired-drafts" in run_due()
    assert not Draft.objects.exists()


def test_the_page_after_saving_tells_until_when_it_is_kept(sams: Browser) -> None:
    begun(sams.draft, 60)
    sams.fill_in(until="visit")
    page = sams.client.get(reverse("forms:saved", args=[sams.draft.pk])).content.decode()
    assert f"We keep it until {day_text(timezone.now() + days(90))}." in page.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def ending_in(draft: Draft, left: float) -> Draft:
    """As if it were deleted in so many days."""
    when = timezone.now() - days(90) + dt.timedelta(days=left)
    Draft.objects.filter(pk=draft.pk).update(begun_at=when, expires_at=when + days(90))
    Assignment.objects.filter(pk=draft.assignment_id).update(due=None)
    return draft


def reminders() -> int:
    return OutboxItem.objects.filter(payload__template="form-expiring").count()


def test_a_person_is_told_fourteen_and_two_days_before_a_form_is_deleted_once_each(draft: Draft) -> None:
    ending_in(draft, 14.5)
    assert remind() == 0
    ending_in(draft, 13.5)
    assert (remind(), remind(), reminders()) == (1, 0, 1)
    ending_in(draft, 1.5)
    assert (remind(), remind(), reminders()) == (1, 0, 2)
    letter = OutboxItem.objects.filter(payload__template="form-expiring").latest("created_at").payload
    assert letter["person"] == str(draft.parties.get().user_id)
    assert letter["context"]["path"] == "/forms/"


def test_a_worker_that_slept_sends_one_reminder_and_not_two(draft: Draft) -> None:
    ending_in(draft, 1.5)
    assert (remind(), remind(), reminders()) == (1, 0, 1)


def test_who_writes_on_after_a_reminder_is_not_told_again_for_long(sams: Browser, draft: Draft) -> None:
    ending_in(draft, 13.5)
    remind()
    StepAnswers.objects.create(party=draft.parties.get(), step="later", saved_at=timezone.now())
    ending_soon = timezone.now() + days(1)
    Draft.objects.update(expires_at=ending_soon)
    assert remind() == 0
    draft.refresh_from_db()
    assert draft.reminded is None
    assert draft.expires_at > timezone.now() + days(80)


def test_the_email_says_what_to_do_and_names_no_child_and_no_form(draft: Draft) -> None:
    ending_in(draft, 13.5)
    remind()
    sweep()
    [message] = mail.outbox
    assert message.subject == "A form that you began will be deleted soon"
    assert "carry on with it" in message.body
    assert "Ada" not in message.body
