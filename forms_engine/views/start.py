"""The first page of a form that somebody was asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.access import signed_in
from core.dates import today
from forms_engine.access import own_assignment
from forms_engine.pages.start import start_page
from forms_engine.start import NotWaiting, start


@require_http_methods(["GET", "POST"])
@signed_in
def assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What is asked, by whom, why and until when; its button starts the form or carries on with it."""
    asked = own_assignment(request, assignment_id)
    unpublished = False
    if request.method == "POST":
        try:
            return redirect("forms:resume", start(asked, timezone.now()).pk)
        except NotWaiting:
            asked.refresh_from_db(fields=["state"])
            unpublished = asked.is_waiting
    return render(request, "forms_engine/start.html", start_page(asked, today(), unpublished=unpublished))
