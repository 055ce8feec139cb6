"""The page before registration: what it is, who it is for, and what is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import next_page
from accounts.outside.journey import Vouched
from accounts.registration.account import SLUG, said_by
from core.access import is_signed_in
from forms_engine import expiry, guests
from forms_engine.guest_cookie import browser_of
from forms_engine.models import Draft, FormDefinition
from forms_engine.pages.notice import notice_shown
from forms_engine.start import NotWaiting
from forms_engine.views.guest import begin

# Posted by the buttons that leave out what an outside service has said: she wants it so; or it is of somebody else, who
# began here before her.
_ALONE, _NOT_ME = "alone", "not-me"
# And by the one that goes on with what was typed in this browser.
_CARRY_ON = "carry-on"


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    form = FormDefinition.objects.filter(slug=SLUG, live=True).first()
    begun = guests.own(form, browser_of(request)) if form else None
    vouched = _vouched(request, begun)
    may_be_anothers = (
        begun is not None and begun.has_been_typed_in and not (vouched and vouched.began(begun.pk))
    )
    if form and request.method == "POST":
        try:
            return _answer(request, form, begun, vouched, may_be_anothers=may_be_anothers)
        except NotWaiting:
            form = None
    context = {
        "vouched": vouched,
        "may_be_anothers": may_be_anothers,
        "providers": [
            (one.name, next_page.link(request, "accounts:outside_leave_to_register", one.key))
            for one in settings.OUTSIDE_PROVIDERS
        ],
        "is_open": form is not None,
        "notice": notice_shown(form) if form else None,
        "action": next_page.link(request, "accounts:register"),
        "sign_in": next_page.link(request, "accounts:sign_in"),
    }
    return render(request, "accounts/register.html", context)


def _answer(
    request: HttpRequest,
    form: FormDefinition,
    begun: Draft | None,
    vouched: Vouched | None,
    *,
    may_be_anothers: bool,
) -> HttpResponse:
    """What a button of the page does. Raises NotWaiting."""
    if _NOT_ME in request.POST:
        return _forget_who_was_here(request, begun)
    if _ALONE in request.POST:
        Vouched.forget(request)
        vouched = None
    if may_be_anothers and request.POST.keys().isdisjoint({_CARRY_ON, guests.ANEW}):
        return redirect(next_page.link(request, "accounts:register"))
    return _begin(request, form, vouched)


def _begin(request: HttpRequest, form: FormDefinition, vouched: Vouched | None) -> HttpResponse:
    """To the first page of the form. What is vouched for goes with it, and with no other. Raises NotWaiting."""
    response = begin(request, form, said_by(vouched.told) if vouched else {})
    begun = guests.own(form, browser_of(request))
    if begun:
        next_page.keep(request)
    if vouched and begun:
        vouched.goes_with(request, begun.pk)
    return response


def _forget_who_was_here(request: HttpRequest, begun: Draft | None) -> HttpResponse:
    """With what stands in the boxes of her."""
    if begun and Vouched.in_form(request, begun.pk):
        expiry.discard(begun, request)
    Vouched.forget(request)
    return redirect(next_page.link(request, "accounts:register"))


def _vouched(request: HttpRequest, begun: Draft | None) -> Vouched | None:
    """What is vouched for in this browser. Not where it went with a form that is deleted, or sent, meanwhile."""
    vouched = Vouched.of(request)
    if vouched is None or not vouched.draft:
        return vouched
    return vouched if begun and str(begun.pk) == vouched.draft else None
