"""Whose draft, file, PDF and receipt it is: nobody else's, and asking is written down."""

from collections.abc import Callable

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from forms_engine.models import Assignment, Draft, Submission, Upload
from forms_engine.registries import still_open, viewers
from tests.forms_engine import sample
from tests.forms_engine.conftest import Browser, pdf_file

GET_AND_POST = ("get", "post")


def private_urls(draft: Draft, asked: Assignment, upload: Upload) -> dict[str, str]:
    return {
        "the form's first page": reverse("forms:assignment", args=[asked.pk]),
        "the draft": reverse("forms:resume", args=[draft.pk]),
        "a page": reverse("forms:step", args=[draft.pk, "you"]),
        "an item": reverse("forms:item", args=[draft.pk, "choices", "aaaa0001"]),
        "saved": reverse("forms:saved", args=[draft.pk]),
        "print": reverse("forms:print", args=[draft.pk]),
        "PDF": reverse("forms:pdf", args=[draft.pk]),
        "a file": reverse("forms:file", args=[draft.pk, upload.pk]),
    }


@pytest.fixture
def upload(sams: Browser) -> Upload:
    sams.fill_in(until="files")
    sams.post("files", {"q-reports": pdf_file(), "add": "reports"})
    return Upload.objects.get()


@pytest.mark.parametrize("other", ["noor_stranger", "alex_parent", "casey_worker", "admin"])
def test_nobody_else_can_open_or_change_a_draft(
    request: pytest.FixtureRequest,
    signed_in_client: Callable[[User], Client],
    draft: Draft,
    asked: Assignment,
    upload: Upload,
    other: str,
) -> None:
    browser = signed_in_client(request.getfixturevalue(other))
    for what, url in private_urls(draft, asked, upload).items():
        for method in GET_AND_POST:
            response = getattr(browser, method)(url, sample.YOU)
            assert response.status_code in (404, 405), (what, method)
    refused = AuditEntry.objects.filter(verb="refused", actor_id=request.getfixturevalue(other).pk)
    assert set(refused.values_list("object_type", flat=True)) == {
        "forms_engine.assignment",
        "forms_engine.draft",
        "forms_engine.upload",
    }


def test_a_form_shuts_with_what_it_is_about(
    sams: Browser, draft: Draft, asked: Assignment, upload: Upload, sam_parent: User
) -> None:
    Assignment.objects.update(about_kind="test.case")
    open_to = {sam_parent.pk}
    still_open.register("test.case", lambda person, assignment, day: person.pk in open_to)
    try:
        assert sams.get("you").status_code == 200
        open_to.clear()
        for what, url in private_urls(draft, asked, upload).items():
            for method in GET_AND_POST:
                response = getattr(sams.client, method)(url, sample.YOU)
                assert response.status_code in (404, 405), (what, method)
    finally:
        still_open._entries.pop("test.case")
    assert AuditEntry.objects.filter(verb="refused", actor_id=sam_parent.pk).exists()


def test_nobody_at_all_is_sent_to_sign_in(
    client: Client, draft: Draft, asked: Assignment, upload: Upload
) -> None:
    for url in private_urls(draft, asked, upload).values():
        assert client.get(url).url.startswith("/sign-in/?next=")


def test_ones_own_looks_at_a_draft_leave_no_trace(sams: Browser) -> None:
    sams.fill_in(until="read")
    assert not AuditEntry.objects.filter(object_type__startswith="forms_engine").exists()


def test_the_sender_opens_the_receipt_and_its_parts(sams: Browser, upload: Upload) -> None:
    submission = send(sams)
    for url in parts_of(submission).values():
        assert sams.client.get(url).status_code == 200, url
    assert written() == ["submission.download", "submission.file"]


@pytest.mark.capability("A32")
def test_ones_own_downloads_of_an_unsent_form_are_written_down_and_its_small_pictures_are_not(
    sams: Browser, upload: Upload, draft: Draft
) -> None:
    url = reverse("forms:file", args=[draft.pk, upload.pk])
    sams.client.get(url, {"small": "yes"})
    assert written() == []
    sams.client.get(url)
    sams.client.get(reverse("forms:pdf", args=[draft.pk]))
    assert written() == ["draft.download", "upload.read"]


def written() -> list[str]:
    entries = AuditEntry.objects.filter(object_type__startswith="forms_engine")
    return sorted(entries.values_list("verb", flat=True))


@pytest.mark.parametrize("other", ["noor_stranger", "alex_parent", "casey_worker", "admin"])
def test_nobody_else_reads_what_was_sent(
    request: pytest.FixtureRequest,
    signed_in_client: Callable[[User], Client],
    sams: Browser,
    upload: Upload,
    other: str,
) -> None:
    browser = signed_in_client(request.getfixturevalue(other))
    for url in parts_of(send(sams)).values():
        assert browser.get(url).status_code == 404, url
    assert AuditEntry.objects.filter(verb="refused").exists()


def test_whom_a_viewer_lets_in_reads_it_and_each_look_is_written_down(
    signed_in_client: Callable[[User], Client], sams: Browser, upload: Upload, casey_worker: User
) -> None:
    submission = send(sams)
    viewers.register("test", lambda user: Q(pk__in=[submission.pk]) if user.pk == casey_worker.pk else Q())
    try:
        browser = signed_in_client(casey_worker)
        for what, url in parts_of(submission).items():
            assert browser.get(url).status_code == 200, what
    finally:
        viewers._entries.pop("test")
    looks = AuditEntry.objects.filter(actor_id=casey_worker.pk).values_list("verb", flat=True)
    assert sorted(looks) == ["submission.download", "submission.file", *["submission.read"] * 2]


def test_a_viewer_that_says_nothing_shows_nothing(sams: Browser, upload: Upload, noor_stranger: User) -> None:
    submission = send(sams)
    viewers.register("test", lambda user: Q())
    try:
        assert not Submission.objects.visible_to(noor_stranger).exists()
    finally:
        viewers._entries.pop("test")
    assert submission in Submission.objects.visible_to(submission.submitted_by)


@pytest.mark.parametrize(
    ("scan", "status"),
    [("waiting", 404), ("refused", 404), ("clean", 200), ("unscanned", 200)],
)
def test_staff_open_only_files_that_are_clean_or_may_go_unscanned(
    signed_in_client: Callable[[User], Client],
    sams: Browser,
    upload: Upload,
    casey_worker: User,
    scan: str,
    status: int,
) -> None:
    submission = send(sams)
    submission.files.filter(role="upload").update(scan=scan)
    viewers.register("test", lambda user: Q(pk__in=[submission.pk]))
    try:
        url = parts_of(submission)["a file"]
        assert signed_in_client(casey_worker).get(url).status_code == status
    finally:
        viewers._entries.pop("test")


def send(browser: Browser) -> Submission:
    browser.post("files", sample.FILES)
    browser.submit()
    return Submission.objects.get()


def parts_of(submission: Submission) -> dict[str, str]:
    file = submission.files.filter(role="upload").get()
    return {
        "the receipt": reverse("forms:sent", args=[submission.pk]),
        "PDF": reverse("forms:sent_pdf", args=[submission.pk]),
        "print": reverse("forms:sent_print", args=[submission.pk]),
        "a file": reverse("forms:sent_file", args=[submission.pk, file.pk]),
    }
