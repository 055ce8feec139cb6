"""The first page of a form that somebody was asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.access import signed_in
from core.dates import local_day
from forms_engine.access import own_assignment
from forms_engine.pages.start import start_page
from forms_engine.start import NotWaiting, open_draft, start


@require_http_methods(["GET", "POST"])
@signed_in
def assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What is asked, by whom, why and until when; its button starts the form or carries on with it."""
    now = timezone.now()
    asked = own_assignment(request, assignment_id, local_day(now))
    unpublished = False
    if request.method == "POST":
        try:
            return redirect("forms:resume", start(asked, now).pk)
        except NotWaiting:
            asked.refresh_from_db(fields=["state"])
            unpublished = asked.is_waiting
    return render(request, "forms_engine/start.html", start_page(asked, now, unpublished=unpublished))


@require_safe
@signed_in
def carry_on(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Straight to the page where the form waits; to its first page where none was begun."""
    asked = own_assignment(request, assignment_id, local_day(timezone.now()))
    begun = open_draft(asked) if asked.is_waiting else None
    if begun is None:
        return redirect("forms:assignment", asked.pk)
    return redirect("forms:resume", begun.pk)
