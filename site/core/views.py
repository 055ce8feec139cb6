from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core import languages
from core.access import signed_in
from core.caching import public
from core.colours import stylesheet
from core.council import council_settings


@require_safe
@public(seconds=24 * 3600)
def council_css(request: HttpRequest) -> HttpResponse:
    """The council's colour as custom properties: a style sheet, since no page may carry inline style."""
    return HttpResponse(stylesheet(council_settings(request).colour), content_type="text/css")


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponse:
    """Go on in another language, at the page whose address is posted."""
    languages.choose(request)
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if is_ours else "/")
