"""Private files: taken in or refused with a sentence, kept under a random name, handed out, gone when not needed."""

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from core import outbox
from core.models import OutboxItem
from core.private_files import (
    FileRefused,
    PrivateFile,
    Taken,
    keep,
    keep_made,
    private_storage,
    respond,
    respond_small,
    share,
    take_in,
)
from forms_engine.models import Draft, FormDefinition, FormVersion, Party, Submission, SubmissionFile, Upload
from tests.core import files
from tests.core.servers import Scanner, free_port, listening

Scan = PrivateFile.Scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk"), pytest.mark.capability("B33")]


@pytest.fixture
def draft() -> Draft:
    form = FormDefinition.objects.create(title="A form", slug="a-form")
    version = FormVersion.objects.create(form=form, number=1, content={}, digest="")
    return Draft.objects.create(version=version, expires_at=timezone.now())


@pytest.fixture
def new_upload(draft: Draft) -> Upload:
    """A row that no file has been kept with yet."""
    party = Party.objects.create(draft=draft, browser="somebody")
    return Upload(party=party, step="s", question="q")


@pytest.fixture
def submission(draft: Draft) -> Submission:
    now = timezone.now()
    return Submission.objects.create(
        draft_id=draft.pk, version=draft.version, reference="FRM-1", submitted_at=now, today=now.date()
    )


def letter() -> Taken:
    return take_in(files.upload("letter.pdf", files.PDF))


def on_disk(disk: Path) -> list[str]:
    return sorted(str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file())


def test_a_document_is_taken_as_it_is() -> None:
    taken = letter()

    assert (taken.name, taken.media_type, taken.size) == ("letter.pdf", "application/pdf", len(files.PDF))
    assert len(taken.sha256) == 64
    assert taken.content.read() == files.PDF


def test_a_photo_of_an_iphone_is_taken_as_a_jpeg() -> None:
    taken = take_in(files.upload("IMG_0001.HEIC", files.picture("HEIC", (64, 64))))

    assert (taken.name, taken.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert taken.content.size == taken.size


def test_a_large_document_that_waits_on_the_disk_is_taken_and_kept(new_upload: Upload, disk: Path) -> None:
    large = files.PDF + b"%" * 3_000_000
    waiting = TemporaryUploadedFile("plan.pdf", "application/pdf", len(large), None)
    waiting.write(large)

    upload = keep(new_upload, take_in(waiting))
    waiting.close()  # As at the end of the request.

    assert (disk / str(upload.stored.name)).read_bytes() == large
    assert (disk / str(upload.stored.name)).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "letter.pdf",
            b"",
            "“letter.pdf” is empty. Check that it opens on your device, then choose it again.",
        ),
        ("../../virus.exe", b"MZ\x90\x00", "We cannot take “virus.exe” because of the kind of file it is."),
        ("page.html", b"<html>", "Save it as a PDF, or take a clear photo of it, and send that."),
        ("letter.pdf", files.picture(), "The name of “letter.pdf” does not fit what is inside it."),
        ("plan.docx", files.docx(word__vbaProject=b"1"), "“plan.docx” has small programs (macros) inside"),
        ("photo.jpg", files.picture()[:200], "We could not open “photo.jpg”. It may be damaged."),
        ("inv\u202efdp.exe", b"MZ", "We cannot take “inv fdp.exe”"),
    ],
)
def test_a_refusal_names_the_file_and_says_what_to_do(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        take_in(files.upload(name, content))

    assert sentence in refusal.value.message


def test_a_refusal_names_the_kinds_that_this_question_takes() -> None:
    with pytest.raises(FileRefused, match=r"We can take: JPG, PNG\."):
        take_in(files.upload("letter.pdf", files.PDF), allowed={"jpg", "png"})


def test_a_kept_file_stands_under_a_random_name_that_only_the_site_can_read(
    new_upload: Upload, disk: Path
) -> None:
    upload = keep(new_upload, letter())

    [name] = on_disk(disk)
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", name)
    assert upload.stored.name == name
    assert (disk / name).stat().st_mode & 0o777 == 0o600
    assert (disk / name).read_bytes() == files.PDF


def test_a_private_file_has_no_address_on_the_web() -> None:
    with pytest.raises(ValueError, match="no address"):
        private_storage().url("ab/abc")


def test_a_file_whose_row_cannot_be_saved_does_not_stay_on_the_disk(new_upload: Upload, disk: Path) -> None:
    keep(new_upload, letter())

    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        keep(Upload(pk=new_upload.pk, party=new_upload.party, step="s", question="q"), letter())

    assert len(on_disk(disk)) == 1


def test_a_pdf_that_we_made_is_kept_and_scanned_by_nobody(
    submission: Submission, disk: Path, settings: Settings
) -> None:
    settings.CLAMD = "127.0.0.1:3310"
    kept = keep_made(SubmissionFile(submission=submission, role="pdf"), "PPF-1.pdf", files.PDF)
    kept.refresh_from_db()
    assert (kept.name, kept.media_type, kept.size) == ("PPF-1.pdf", "application/pdf", len(files.PDF))
    assert (kept.scan, kept.sha256) == (Scan.CLEAN, hashlib.sha256(files.PDF).hexdigest())
    assert (disk / kept.stored.name).read_bytes() == files.PDF
    assert not OutboxItem.objects.exists()


def test_of_two_pdfs_made_at_the_same_moment_one_stays(submission: Submission, disk: Path) -> None:
    keep_made(SubmissionFile(submission=submission, role="pdf"), "PPF-1.pdf", files.PDF)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_made(SubmissionFile(submission=submission, role="pdf"), "PPF-1.pdf", files.PDF)
    assert len(on_disk(disk)) == 1


def test_bytes_go_when_the_last_row_that_points_at_them_is_deleted(
    new_upload: Upload,
    submission: Submission,
    disk: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = keep(new_upload, letter())
    sent = share(SubmissionFile(submission=submission, role=SubmissionFile.Role.UPLOAD), upload)

    with django_capture_on_commit_callbacks(execute=True):
        upload.party.delete()
    assert on_disk(disk) == [sent.stored.name]

    with django_capture_on_commit_callbacks(execute=True):
        sent.delete()
        assert len(on_disk(disk)) == 1, "not before the transaction is committed"
    assert on_disk(disk) == []


@pytest.fixture
def scanner(settings: Settings) -> Callable[..., None]:
    """Start a scanner at settings.CLAMD, and sweep once."""
    settings.CLAMD = f"127.0.0.1:{free_port()}"

    def scan(**options: Any) -> None:
        with listening(Scanner(int(settings.CLAMD.partition(":")[2]), **options)):
            outbox.sweep()

    return scan


@pytest.mark.parametrize(
    ("content", "found"),
    [(files.PDF, Scan.CLEAN), (files.PDF + b"EI" + b"CAR", Scan.REFUSED)],
    ids=["clean", "virus"],
)
def test_every_row_that_points_at_a_file_learns_what_the_scanner_found(
    scanner: Callable[..., None], new_upload: Upload, submission: Submission, content: bytes, found: Scan
) -> None:
    upload = keep(new_upload, take_in(files.upload("letter.pdf", content)))
    sent = share(SubmissionFile(submission=submission, role=SubmissionFile.Role.UPLOAD), upload)
    assert upload.scan == Scan.WAITING

    scanner()

    upload.refresh_from_db()
    sent.refresh_from_db()
    assert (upload.scan, sent.scan) == (found, found)


def test_while_the_scanner_is_away_a_file_waits(scanner: Callable[..., None], new_upload: Upload) -> None:
    upload = keep(new_upload, letter())

    outbox.sweep()

    upload.refresh_from_db()
    item = OutboxItem.objects.get()
    assert (upload.scan, item.state, item.last_error) == (
        Scan.WAITING,
        OutboxItem.State.WAITING,
        "RetryLater",
    )


def test_a_scanner_that_cannot_tell_has_not_said_clean(
    scanner: Callable[..., None], new_upload: Upload
) -> None:
    upload = keep(new_upload, letter())

    scanner(answer="INSTREAM size limit exceeded. ERROR")

    upload.refresh_from_db()
    assert upload.scan == Scan.WAITING


def test_a_scan_of_a_file_that_was_removed_meanwhile_is_done(
    scanner: Callable[..., None], new_upload: Upload
) -> None:
    keep(new_upload, letter()).delete()

    outbox.sweep()

    assert OutboxItem.objects.get().state == OutboxItem.State.DONE


def test_without_a_scanner_a_file_is_marked_and_nothing_is_asked(new_upload: Upload) -> None:
    assert keep(new_upload, letter()).scan == Scan.UNSCANNED
    assert not OutboxItem.objects.exists()


@pytest.mark.parametrize(
    ("state", "serve_unscanned", "uploader", "others"),
    [
        (Scan.CLEAN, False, True, True),
        (Scan.WAITING, True, True, False),
        (Scan.UNSCANNED, False, True, False),
        (Scan.UNSCANNED, True, True, True),
        (Scan.REFUSED, True, False, False),
    ],
)
def test_who_may_open_a_file_in_which_state(
    new_upload: Upload,
    settings: Settings,
    state: Scan,
    serve_unscanned: bool,
    uploader: bool,
    others: bool,
) -> None:
    upload = keep(new_upload, letter())
    upload.scan, settings.SERVE_UNSCANNED = state, serve_unscanned

    assert (opens(upload, to_uploader=True), opens(upload, to_uploader=False)) == (uploader, others)


def opens(file: PrivateFile, *, to_uploader: bool) -> bool:
    try:
        respond(file, to_uploader=to_uploader).close()
    except Http404:
        return False
    return True


def test_a_file_comes_as_a_download_that_can_do_nothing(new_upload: Upload) -> None:
    response = respond(keep(new_upload, letter()), to_uploader=True)

    assert b"".join(response) == files.PDF
    assert {name: response[name] for name in DOWNLOAD_HEADERS} == DOWNLOAD_HEADERS


def photo() -> Taken:
    return take_in(files.upload("ada.heic", files.picture("HEIC", (640, 480))))


@pytest.mark.parametrize(
    ("state", "uploader", "others"),
    [
        (Scan.WAITING, True, False),
        (Scan.CLEAN, True, True),
        (Scan.REFUSED, False, False),
        (Scan.UNSCANNED, True, False),
    ],
)
def test_a_small_picture_is_shown_to_others_only_when_it_was_found_clean(
    new_upload: Upload, settings: Settings, state: Scan, uploader: bool, others: bool
) -> None:
    settings.SERVE_UNSCANNED = True
    upload = keep(new_upload, photo())
    upload.scan = state

    assert (shows(upload, to_uploader=True), shows(upload, to_uploader=False)) == (uploader, others)


def shows(file: PrivateFile, *, to_uploader: bool) -> bool:
    try:
        respond_small(file, to_uploader=to_uploader).close()
    except Http404:
        return False
    return True


def test_a_small_picture_can_do_nothing_either_and_the_proxy_sends_it_in_production(
    new_upload: Upload, settings: Settings
) -> None:
    upload = keep(new_upload, photo())
    safe = DOWNLOAD_HEADERS | {"Content-Type": "image/jpeg"}
    del safe["Content-Disposition"]

    shown = respond_small(upload, to_uploader=True)
    assert Image.open(io.BytesIO(b"".join(shown))).size == (320, 240)
    assert {name: shown[name] for name in safe} == safe
    settings.X_ACCEL = "/private/"
    assert (
        respond_small(upload, to_uploader=True)["X-Accel-Redirect"] == f"/private/{upload.stored.name}-small"
    )


def test_only_a_picture_is_shown_small(new_upload: Upload) -> None:
    assert not shows(keep(new_upload, letter()), to_uploader=True)


def test_the_small_picture_goes_with_the_picture(
    new_upload: Upload, disk: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload = keep(new_upload, photo())
    assert on_disk(disk) == [upload.stored.name, f"{upload.stored.name}-small"]
    with django_capture_on_commit_callbacks(execute=True):
        upload.delete()
    assert on_disk(disk) == []


def test_a_document_that_would_fill_its_readers_memory_is_refused() -> None:
    with pytest.raises(FileRefused, match=r"“letter.pdf” is too large once it is opened"):
        take_in(files.upload("letter.pdf", files.pdf_with(b"packed", twice=True)))


def test_in_production_the_proxy_sends_the_bytes(new_upload: Upload, settings: Settings) -> None:
    settings.X_ACCEL = "/private/"
    upload = keep(new_upload, letter())

    response = respond(upload, to_uploader=True)

    assert isinstance(response, HttpResponse)
    assert response["X-Accel-Redirect"] == f"/private/{upload.stored.name}"
    assert response.content == b""
    assert {name: response[name] for name in DOWNLOAD_HEADERS} == DOWNLOAD_HEADERS


DOWNLOAD_HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'attachment; filename="letter.pdf"',
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
