"""What every page of a form in progress goes through: signed in, one's own, still open."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.access import is_signed_in, to_sign_in
from core.dates import today
from forms_engine import drafts, stash
from forms_engine.access import HelpIsOver, guest_party, may_fill, own_party
from forms_engine.assist import go_on_alone
from forms_engine.models import Draft, Party, Submission
from forms_engine.pages.too_late import (
    NotKept,
    came_too_late,
    form_is_gone,
    help_has_begun,
    help_is_over,
    too_late_page,
)
from forms_engine.ways_back import way_back_of

DraftView = Callable[..., HttpResponseBase]


def of_a_draft(view: DraftView) -> DraftView:
    """A view of a form in progress, for its own party alone, signed in or a guest. It gets the draft as read now.

    What is posted after the sign-in has run out is kept, and shown again after signing in. What is posted after the
    form was sent is shown, to be copied. Whatever its person posts ends the help of staff with it first.
    """

    @wraps(view)
    def opened(request: HttpRequest, draft_id: UUID, **rest: Any) -> HttpResponseBase:
        guest = None if is_signed_in(request) else guest_party(request, draft_id)
        if not (guest or is_signed_in(request)) or stash.is_anothers(request):
            return stash.answer_late_post(request) or to_sign_in(request)
        day = today()
        try:
            party = guest or own_party(request, draft_id, day)
        except HelpIsOver as over:
            step_id, item = rest.get("step_id", ""), rest.get("item", "")
            return not_kept(request, help_is_over(request, over.party, step_id, item))
        if not may_fill(party):
            return _closed(request, party, **rest)
        if request.method == "POST" and not party.helper:
            go_on_alone(party, request)
        try:
            return view(request, drafts.load(party, day), **rest)
        except drafts.Shut:
            return _shut(request, party, **rest)

    return opened


def _shut(request: HttpRequest, party: Party, step_id: str = "", item: str = "") -> HttpResponseBase:
    """Something has happened to the draft since it was read: what is said of it, with what was typed."""
    try:
        party.draft.refresh_from_db(fields=["submitted_at", "assisted_by", "alone_since"])
    except Draft.DoesNotExist:
        return not_kept(request, form_is_gone(request, party, step_id, item))
    is_over = party.helper is not None and not party.draft.is_for(party.helper)
    if not is_over and not may_fill(party):
        return _closed(request, party, step_id, item)
    why = help_is_over if party.helper else help_has_begun
    return not_kept(request, why(request, party, step_id, item))


def not_kept(request: HttpRequest, page: NotKept) -> HttpResponse:
    """What was typed and cannot be saved, to be copied."""
    return render(request, "forms_engine/not_kept.html", {"page": page})


def _closed(request: HttpRequest, party: Party, step_id: str = "", item: str = "") -> HttpResponseBase:
    """It was sent: the receipt, or what came too late for it. Or it was taken back: a page that says so."""
    if party.draft.is_open:
        asked = party.draft.assignment
        context = {"way_back": way_back_of(party), "why": asked.why_withdrawn if asked else ""}
        return render(request, "forms_engine/closed.html", context)
    sent = Submission.objects.select_related("assignment", "content").get(draft_id=party.draft_id)
    late = came_too_late(request, party, sent, step_id, item)
    if not late:
        return redirect("forms:sent", sent.pk)
    return render(request, "forms_engine/too_late.html", too_late_page(sent, late))
