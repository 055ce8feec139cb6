"""How many forms one person may begin and send in an hour: nobody floods the people who read them."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core import limiter
from core.limits import Limit

_HOUR = 3600
BEGIN = Limit("forms.begin", 30, _HOUR, _("Forms begun by one person"), _("All else goes on."))
# By one network: a school where families register on one evening is one.
GUEST = Limit(
    "forms.begin-as-guest",
    100,
    _HOUR,
    _("Forms begun without an account, from one network. Registering is one of them"),
    _("Whoever has an account signs in as ever."),
)
# Each takes a second to make.
GUEST_PDF = Limit(
    "forms.pdf-of-guest",
    100,
    _HOUR,
    _("PDFs of forms that nobody has signed in for, made in one network"),
    _("All that was typed is kept."),
)
SEND = Limit("forms.send", 30, _HOUR, _("Forms sent by one person"), _("All that was typed is kept."))
LIMITS = (BEGIN, GUEST, GUEST_PDF, SEND)
# What was done too often, as the page of waiting words it.
_ASKED = {BEGIN.scope: "begin", GUEST.scope: "begin", GUEST_PDF.scope: "pdf", SEND.scope: "send"}


def take_back(what: Limit, who: str) -> None:
    """Nothing came of the try that was counted last."""
    limiter.take_back(what.scope, who)


def wait_page(request: HttpRequest, what: Limit, seconds: int, url: str) -> HttpResponse:
    """That it has to wait, and until when; `url` leads back."""
    context = {"minutes": math.ceil(seconds / 60), "what": _ASKED[what.scope], "url": url}
    response = render(request, "forms_engine/too_often.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
