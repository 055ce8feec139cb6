"""Somebody's own forms, and beginning one unasked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import is_signed_in, refuse, signed_in, to_sign_in
from core.dates import today
from core.govuk import fields
from core.govuk.fields import Field, Item, problems
from core.private_files import respond
from forms_engine import expiry, pace
from forms_engine.access import (
    guest_party,
    offered_form,
    open_to_guests,
    own_last_copy,
    own_party,
    signed_in_person,
)
from forms_engine.pages.frame import idle_minutes
from forms_engine.pages.mine import mine_page
from forms_engine.pages.not_open import closed_text
from forms_engine.pages.notice import notice_shown
from forms_engine.registries import Audience, Subject
from forms_engine.start import NotWaiting, begin
from forms_engine.views import guest
from forms_engine.wording import wording_for

# The answer that names no subject: somebody else's child, a school that is not in the list.
NONE = "none"


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "forms_engine/mine.html", mine_page(signed_in_person(request), today()))


@require_safe
@signed_in
def last_copy(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    return respond(own_last_copy(request, copy_id), to_uploader=True)


@require_http_methods(["GET", "POST"])
def offered(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the form is for, and about whom it is to be; its button begins it."""
    if is_signed_in(request):
        return _offered(request, slug)
    form = open_to_guests(request, slug)
    return guest.begin_page(request, form) if form else to_sign_in(request)


def _offered(request: HttpRequest, slug: str) -> HttpResponse:
    now, day, person = timezone.now(), today(), signed_in_person(request)
    form, audience = offered_form(request, slug, day)
    subjects = audience.subjects(person, day)
    chosen = request.POST.get("about", "" if subjects else NONE)
    subject = next((each for each in subjects if str(each.id) == chosen), None)
    is_unready, error = False, ""
    if request.method == "POST" and not subject and chosen != NONE:
        error = _("Select an answer to “%(question)s”") % {"question": audience.question}
    elif request.method == "POST":
        if wait := pace.BEGIN.wait(str(person.pk), person=person.pk):
            return pace.wait_page(request, pace.BEGIN, wait, reverse("forms:mine"))
        try:
            return redirect("forms:resume", begin(form, person, subject, now).pk)
        except NotWaiting:
            is_unready = True
    field = _which(audience, subjects, chosen, error)
    wording = wording_for({}, form.translations)
    context = {
        "title": wording(form.said("title")),
        "intro": wording(form.said("intro")),
        "field": field if subjects else None,
        "problems": problems([field]),
        "slug": slug,
        "notice": notice_shown(form),
        "idle_minutes": idle_minutes(),
        "closed": closed_text(form, form.opening(now), wording),
        "unpublished": is_unready,
    }
    return render(request, "forms_engine/begin.html", context)


def _which(audience: Audience, subjects: list[Subject], chosen: str, error: str) -> Field:
    """The question which of several the form is about."""
    answers = [(str(subject.id), subject.name) for subject in subjects] + [(NONE, str(audience.nobody))]
    items = [Item(value=value, label=label, checked=value == chosen) for value, label in answers]
    return Field(
        template=fields.RADIOS,
        id="about",
        name="about",
        label=str(audience.question),
        items=items,
        error=error,
    )


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Delete a form that one began unasked, after asking once more. What we asked for is not hers to delete."""
    if not is_signed_in(request):
        party = guest_party(request, draft_id)
        return guest.delete(request, party.draft) if party else to_sign_in(request)
    return _delete(request, draft_id)


def _delete(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    party = own_party(request, draft_id)
    draft = party.draft
    if party.helper or draft.assignment is None or not draft.assignment.is_own or not draft.is_open:
        refuse(request, "forms_engine.draft", draft_id)
    if request.method == "POST":
        expiry.discard(draft, request)
        return redirect("forms:mine")
    context = {
        "title": wording_for(draft.wording)(draft.assignment.form.said("title")),
        "draft": draft,
        "back": reverse("forms:mine"),
    }
    return render(request, "forms_engine/delete.html", context)
