"""How many forms one person may begin and send in an hour: nobody floods the people who read them."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import limiter

BEGIN, GUEST, SEND = "forms.begin", "forms.begin-as-guest", "forms.send"
MOST_AN_HOUR = 30
# By one network: a school where families register on one evening is one.
MOST_GUESTS_AN_HOUR = 100
_HOUR = 3600


def is_too_often(what: str, who: str) -> bool:
    """Count one try of `who`, and say whether it is one too many. Not in a transaction: a try counts."""
    return limiter.hit(what, who, _HOUR) > (MOST_GUESTS_AN_HOUR if what == GUEST else MOST_AN_HOUR)


def take_back(what: str, who: str) -> None:
    """Nothing came of the try that was counted last."""
    limiter.take_back(what, who)


def wait_page(request: HttpRequest, what: str, who: str, url: str) -> HttpResponse:
    """That it has to wait, and until when; `url` leads back."""
    seconds = limiter.seconds_left(what, who, _HOUR)
    context = {"minutes": math.ceil(seconds / 60), "is_sending": what == SEND, "url": url}
    response = render(request, "forms_engine/too_often.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
