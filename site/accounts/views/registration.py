"""The page before registration: what it is, who it is for, and what is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import next_page
from accounts.outside.journey import Vouched
from accounts.registration.account import SLUG, said_by
from core.access import is_signed_in
from forms_engine.models import FormDefinition
from forms_engine.pages.notice import notice_shown
from forms_engine.start import NotWaiting
from forms_engine.views.guest import begin

# Posted by the button that leaves out what an outside service has said of her.
_ALONE = "alone"


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    form = FormDefinition.objects.filter(slug=SLUG, live=True).first()
    if form and request.method == "POST":
        next_page.keep(request)
        if _ALONE in request.POST:
            Vouched.forget(request)
        vouched = Vouched.of(request)
        try:
            return begin(request, form, said_by(vouched.told) if vouched else {})
        except NotWaiting:
            form = None
    vouched = Vouched.of(request)
    context = {
        "vouched_by": vouched.provider.name if vouched else "",
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
