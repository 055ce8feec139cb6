"""The page before registration: what it is, who it is for, and what is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import next_page
from accounts.registration.account import SLUG
from core.access import is_signed_in
from forms_engine.models import FormDefinition
from forms_engine.pages.notice import notice_shown
from forms_engine.start import NotWaiting
from forms_engine.views.guest import begin


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    if is_signed_in(request):
        return redirect(next_page.after_sign_in(request))
    form = FormDefinition.objects.filter(slug=SLUG, live=True).first()
    if form and request.method == "POST":
        next_page.keep(request)
        try:
            return begin(request, form)
        except NotWaiting:
            form = None
    context = {
        "is_open": form is not None,
        "notice": notice_shown(form) if form else None,
        "action": next_page.link(request, "accounts:register"),
        "sign_in": next_page.link(request, "accounts:sign_in"),
    }
    return render(request, "accounts/register.html", context)
