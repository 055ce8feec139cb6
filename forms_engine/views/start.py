"""The first page of a form that somebody was asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.access import signed_in
from core.dates import today
from forms_engine.access import own_assignment
from forms_engine.models import Submission
from forms_engine.pages import asked_text, last_day_of
from forms_engine.start import NotWaiting, open_draft, start
from forms_engine.ways_back import way_back


@signed_in
@require_http_methods(["GET", "POST"])
def assignment(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What is asked, by whom, why and until when; its button starts the form or carries on with it."""
    asked = own_assignment(request, assignment_id)
    unpublished = False
    if request.method == "POST":
        try:
            return redirect("forms:resume", start(asked, timezone.now()).pk)
        except NotWaiting:
            unpublished = asked.is_waiting
            asked.refresh_from_db(fields=["state"])
    page = {
        "assignment": asked,
        "asked_text": asked_text(asked),
        "begun": asked.is_waiting and open_draft(asked) is not None,
        "sent": None if asked.is_waiting else Submission.objects.filter(assignment=asked).first(),
        "unpublished": unpublished,
        "last_day": last_day_of(asked, today()),
        "way_back": way_back(asked),
    }
    return render(request, "forms_engine/start.html", page)
