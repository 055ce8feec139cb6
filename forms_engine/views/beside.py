"""What stands beside the pages of a form in progress: carry on, saved, a copy on paper, one's own files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.access import is_signed_in, to_sign_in
from core.private_files import respond, respond_small
from forms_engine import copies, pace
from forms_engine.access import guest_party, own_upload, subject_of
from forms_engine.drafts import Filling
from forms_engine.pages.beside import print_page, saved_page
from forms_engine.pages.files import SMALL
from forms_engine.pages.frame import again, check_step, step_url
from forms_engine.pages.tasks import tasks_page
from forms_engine.views.opening import of_a_draft


@require_safe
@of_a_draft
def resume(request: HttpRequest, filling: Filling) -> HttpResponse:
    """To the first page that is not done; of a form that is wanted again, to the answers that were sent.

    Where the form has a list of its sections: that.
    """
    is_again = filling.stored and again(filling.draft.assignment)
    if filling.form.task_list and not is_again:
        return render(request, "forms_engine/tasks.html", tasks_page(filling))
    return redirect(
        step_url(filling, check_step(filling) if is_again else filling.journey.first_unfinished())
    )


@require_http_methods(["GET", "POST"])
@of_a_draft
def alone(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Whether she wants to go on without the staff who help her. Her press of the button ends it: `of_a_draft`."""
    if filling.party.helper or not filling.draft.is_helped:
        return redirect("forms:resume", filling.draft.pk)
    context = {
        "draft": filling.draft,
        "title": filling.wording(filling.form.title),
        "helper": filling.draft.assisted_by.full_name,
    }
    return render(request, "forms_engine/alone.html", context)


@require_safe
@of_a_draft
def saved(request: HttpRequest, filling: Filling) -> HttpResponse:
    return render(request, "forms_engine/saved.html", saved_page(filling))


@require_safe
@of_a_draft
def printed(request: HttpRequest, filling: Filling) -> HttpResponse:
    return render(request, "forms_engine/print.html", print_page(filling))


@require_safe
@of_a_draft
def pdf(request: HttpRequest, filling: Filling) -> HttpResponse:
    draft, network = filling.draft, filling.party.network
    if network and (wait := pace.GUEST_PDF.wait(network, network=network)):
        return pace.wait_page(request, pace.GUEST_PDF, wait, filling.url)
    write = audit.record if filling.party.helper else audit.record_hourly
    write("draft.download", request=request, obj=draft, subject=subject_of(draft.assignment))
    content = copies.pdf_of_draft(filling.copy(), request)
    name = f"{filling.form.slug}-not-sent.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def file(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponseBase:
    if not (is_signed_in(request) or guest_party(request, draft_id)):
        return to_sign_in(request)
    is_small = SMALL in request.GET
    found = own_upload(request, draft_id, file_id, is_small=is_small)
    return (respond_small if is_small else respond)(found, to_uploader=True)
