"""Pages for somebody who fills in a form before she has signed in."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import limiter
from forms_engine import guests, pace
from forms_engine.drafts import Filling
from forms_engine.guest_cookie import remember, welcome
from forms_engine.models import FormDefinition
from forms_engine.pages.frame import check_step, frame, step_url
from forms_engine.pages.not_open import closed_text
from forms_engine.pages.notice import notice_shown
from forms_engine.start import NotWaiting
from forms_engine.views.opening import of_a_draft
from forms_engine.wording import wording_for


def begin_page(request: HttpRequest, form: FormDefinition) -> HttpResponse:
    """What the form is for. Its button begins it in this browser."""
    is_unready = False
    if request.method == "POST":
        try:
            return begin(request, form)
        except NotWaiting:
            is_unready = True
    wording = wording_for({}, form.translations)
    context = {
        "title": wording(form.said("title")),
        "intro": wording(form.said("intro")),
        "slug": form.slug,
        "notice": notice_shown(form),
        "closed": closed_text(form, form.opening(timezone.now()), wording),
        "unpublished": is_unready,
        "days": guests.KEPT_FOR.days,
        "sign_in": f"{reverse(settings.LOGIN_URL)}?next={request.path}",
    }
    return render(request, "forms_engine/begin_as_guest.html", context)


def begin(request: HttpRequest, form: FormDefinition) -> HttpResponse:
    """To the first page of the form in this browser. Raises NotWaiting where it cannot be begun."""
    network = limiter.network(request)
    if wait := pace.GUEST.wait(network, network=network):
        return pace.wait_page(request, pace.GUEST, wait, "/")
    draft = guests.begin(form, welcome(request), timezone.now())
    response = redirect("forms:resume", draft.pk)
    remember(request, response)
    return response


@require_safe
@of_a_draft
def before_sending(request: HttpRequest, filling: Filling) -> HttpResponseBase:
    """Whoever sends a form has an account: sign in or register, and come back to send it."""
    back = step_url(filling, check_step(filling))
    if not filling.party.is_guest:
        return redirect(back)
    context = frame(filling, None) | {"sign_in": redirect_to_login(back).url, "check": back}
    return render(request, "forms_engine/before_sending.html", context)
