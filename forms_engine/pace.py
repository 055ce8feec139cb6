"""How many forms one person may begin and send in an hour, and guests of one network begin and save: nobody floods the
people who read them, or the disk.
"""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core import limiter
from core.limits import Limit, ask_to_wait
from forms_engine.pages.waiting import not_saved_yet

_HOUR = 3600
BEGIN = Limit("forms.begin", 30, _HOUR, _("Forms begun by one person"), _("All else goes on."))
# By one network: a school where families register on one evening is one.
GUEST = Limit(
    "forms.begin-as-guest",
    100,
    _HOUR,
    _("Forms begun without an account, from one network. Registering is one of them"),
    _("Whoever has an account signs in as usual."),
)
# Sixty pages of each form that may be begun there: no classroom and no library saves as many.
GUEST_SAVE = Limit(
    "forms.save-as-guest",
    6000,
    _HOUR,
    _("Pages of forms saved without an account, from one network"),
    _("What was typed stays on the page. Whoever has signed in saves as usual."),
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
LIMITS = (BEGIN, GUEST, GUEST_SAVE, GUEST_PDF, SEND)
# What was done too often, as the page of waiting words it.
_ASKED = {BEGIN.scope: "begin", GUEST.scope: "begin", GUEST_PDF.scope: "pdf", SEND.scope: "send"}


def take_back(what: Limit, who: str) -> None:
    """Nothing came of the try that was counted last."""
    limiter.take_back(what.scope, who)


def wait_page(request: HttpRequest, what: Limit, seconds: int, url: str) -> HttpResponse:
    """That it has to wait, and until when; `url` leads back."""
    context = {"minutes": math.ceil(seconds / 60), "what": _ASKED[what.scope], "url": url}
    return ask_to_wait(render(request, "forms_engine/too_often.html", context), seconds)


def wait_to_save(network: str) -> int:
    """Count a page that a guest from `network` posts; the seconds until it may be saved. 0 for "": not a guest."""
    return GUEST_SAVE.wait(network, network=network) if network else 0


def show(request: HttpRequest, template: str, context: dict[str, Any], wait: int) -> HttpResponse:
    """A page of a form; with what was typed, and why it is not saved, where that has to wait for `wait` seconds."""
    if not wait:
        return render(request, template, context)
    problems = [not_saved_yet(wait, with_files=bool(request.FILES)), *context["problems"]]
    return ask_to_wait(render(request, template, {**context, "problems": problems}), wait)
