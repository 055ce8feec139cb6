"""How many forms one person may begin and send in an hour: nobody floods the people who read them."""

import math
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import limiter

BEGIN, SEND = "forms.begin", "forms.send"
MOST_AN_HOUR = 30
_HOUR = 3600


def is_too_often(what: str, person: UUID | None) -> bool:
    """Count one try of `person`, and say whether it is one too many. Not in a transaction: a try counts."""
    return limiter.hit(what, str(person), _HOUR) > MOST_AN_HOUR


def take_back(what: str, person: UUID | None) -> None:
    """Nothing came of the try that was counted last."""
    limiter.take_back(what, str(person))


def wait_page(request: HttpRequest, what: str, person: UUID | None, url: str) -> HttpResponse:
    """That it has to wait, and until when; `url` leads back."""
    seconds = limiter.seconds_left(what, str(person), _HOUR)
    context = {"minutes": math.ceil(seconds / 60), "is_sending": what == SEND, "url": url}
    response = render(request, "forms_engine/too_often.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
