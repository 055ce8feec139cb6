"""Pages for bad luck, in words that a parent understands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_engine.stash import answer_late_post


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post without the token of this browser changes nothing; what was typed in a form's step is kept."""
    return answer_late_post(request) or render(request, "errors/csrf.html", status=403)
