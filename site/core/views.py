from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from core import languages, paths
from core.caching import public
from core.colours import stylesheet
from core.council import council_settings


@require_safe
@public(seconds=24 * 3600)
def council_css(request: HttpRequest) -> HttpResponse:
    """The council's colour as custom properties: a style sheet, since no page may carry inline style."""
    return HttpResponse(stylesheet(council_settings(request).colour), content_type="text/css")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Go on in another language, at the page whose address is posted."""
    back = paths.own(request, request.POST.get("next", "")) or "/"
    return languages.switch(request, back) or redirect(back)
