"""What every page of a form in progress goes through: signed in, one's own, still open."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.access import is_signed_in
from core.dates import today
from forms_engine import drafts, stash
from forms_engine.access import may_fill, own_party
from forms_engine.models import Party, Submission
from forms_engine.ways_back import way_back

DraftView = Callable[..., HttpResponseBase]


def of_a_draft(view: DraftView) -> DraftView:
    """A view of a form in progress, for its own party alone. It gets the draft as read for this request.

    What is posted after the sign-in has run out is kept, and shown again after signing in.
    """

    @wraps(view)
    def opened(request: HttpRequest, draft_id: UUID, **rest: Any) -> HttpResponseBase:
        if not is_signed_in(request):
            return stash.answer_late_post(request) or redirect_to_login(request.get_full_path())
        party = own_party(request, draft_id)
        if not may_fill(party):
            return _closed(request, party)
        return view(request, drafts.load(party, today()), **rest)

    return opened


def _closed(request: HttpRequest, party: Party) -> HttpResponseBase:
    """It was sent: the receipt. Or it was taken back: a page that says so."""
    if not party.draft.is_open:
        return redirect("forms:sent", Submission.objects.get(draft_id=party.draft_id).pk)
    return render(request, "forms_engine/closed.html", {"way_back": way_back(party.draft.assignment)})
