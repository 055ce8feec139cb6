"""A form that was sent: the receipt, its PDF, its answers to read or print, its files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from core.access import refuse, signed_in
from core.private_files import respond, respond_small
from forms_engine import copies
from forms_engine.access import is_sender, signed_in_person, visible_file, visible_submission
from forms_engine.models import Submission
from forms_engine.pages.files import SMALL
from forms_engine.pages.receipt import language_of, receipt_page, sent_print_page


@signed_in
@require_safe
def receipt(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """In the language that the form was filled in, to whoever sent it; to others in their own."""
    submission = visible_submission(request, submission_id)
    is_own = is_sender(request, submission)
    with override(language_of(submission) if is_own else get_language()):
        page = receipt_page(submission, signed_in_person(request), is_sender=is_own)
        return render(request, "forms_engine/sent.html", page)


@signed_in
@require_safe
def pdf(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    submission = _with_content(request, submission_id, is_download=True)
    return respond(copies.pdf_of_submission(submission, request), to_uploader=True)


@signed_in
@require_safe
def printed(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    submission = _with_content(request, submission_id)
    with override(language_of(submission)):
        return render(request, "forms_engine/print.html", sent_print_page(submission))


@signed_in
@require_safe
def file(request: HttpRequest, submission_id: UUID, file_id: UUID) -> HttpResponseBase:
    is_small = SMALL in request.GET
    found = visible_file(request, submission_id, file_id, is_small=is_small)
    answer = respond_small if is_small else respond
    return answer(found, to_uploader=is_sender(request, found.submission))


def _with_content(request: HttpRequest, submission_id: UUID, *, is_download: bool = False) -> Submission:
    submission = visible_submission(request, submission_id, is_download=is_download)
    if not hasattr(submission, "content"):
        refuse(request, "forms_engine.submissioncontent", submission_id)
    return submission
