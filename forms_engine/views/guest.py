"""Pages for somebody who fills in a form before she has signed in."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import limiter
from forms_engine import expiry, guests, pace
from forms_engine.drafts import Filling
from forms_engine.guest_cookie import forget, remember, welcome
from forms_engine.models import Draft, FormDefinition
from forms_engine.pages.frame import check_step, frame, step_url
from forms_engine.pages.not_open import closed_text
from forms_engine.pages.notice import notice_shown
from forms_engine.registries import Raw
from forms_engine.start import NotWaiting
from forms_engine.versions import spec_of
from forms_engine.views.opening import of_a_draft
from forms_engine.wording import wording_for


def begin_page(request: HttpRequest, form: FormDefinition) -> HttpResponse:
    """What the form is for. Its button begins it in this browser.

    Where it was begun there already: whether to carry on. Whoever sits there now may not be who began it.
    """
    is_unready = False
    if request.method == "POST":
        try:
            return begin(request, form)
        except NotWaiting:
            is_unready = True
    wording, browser = wording_for({}, form.translations), welcome(request)
    context = {
        "title": wording(form.said("title")),
        "intro": wording(form.said("intro")),
        "slug": form.slug,
        "notice": notice_shown(form),
        "closed": closed_text(form, form.opening(timezone.now()), wording),
        "unpublished": is_unready,
        "days": guests.KEPT_FOR.days,
        "begun": guests.own(form, browser),
        "sign_in": f"{reverse(settings.LOGIN_URL)}?next={request.path}",
    }
    response = render(request, "forms_engine/begin_as_guest.html", context)
    # Now, so that two presses of the button come from one browser.
    remember(request, response)
    return response


def begin(
    request: HttpRequest, form: FormDefinition, said: Mapping[str, Raw] = MappingProxyType({})
) -> HttpResponse:
    """To the first page of the form in this browser, with what is `said` of the guest. Raises NotWaiting where it
    cannot be begun.
    """
    network = limiter.network(request)
    if wait := pace.GUEST.wait(network, network=network):
        return pace.wait_page(request, pace.GUEST, wait, "/")
    browser = welcome(request)
    if guests.ANEW in request.POST and (begun := guests.own(form, browser)):
        expiry.discard(begun, request)
    draft = guests.begin(form, browser, timezone.now(), said)
    response = redirect("forms:resume", draft.pk)
    remember(request, response)
    return response


def delete(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Delete what she typed and leave: the next person at this computer finds nothing of it."""
    if not draft.is_open:
        return redirect("/")
    if request.method == "POST":
        expiry.discard(draft, request)
        response = redirect("/")
        if not guests.in_progress(request):
            forget(response)
        return response
    form = spec_of(draft.version_id)
    title = wording_for(draft.wording, form.translations)(form.title)
    return render(request, "forms_engine/delete.html", {"title": title, "draft": draft, "back": "/"})


@require_safe
@of_a_draft
def before_sending(request: HttpRequest, filling: Filling) -> HttpResponseBase:
    """Whoever sends a form has an account: sign in or register, and come back to send it, or to go on with it."""
    is_ready = filling.journey.is_complete
    back = step_url(filling, check_step(filling)) if is_ready else filling.url
    if not filling.party.is_guest:
        return redirect(back)
    context = frame(filling, None) | {
        "sign_in": redirect_to_login(back).url,
        "answers": back,
        "is_ready": is_ready,
    }
    return render(request, "forms_engine/before_sending.html", context)
