"""Registers of people that can be asked. `settings.IDENTITY_CHECK` names the one that is; "" asks none."""

import datetime as dt
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.registry import Registry

# Seconds. The worker waits for it, and sign-in codes behind it.
TIMEOUT = 5
_MOST_BYTES = 10_000


class Answer(Enum):
    MATCH = "match"
    NO_MATCH = "no match"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Facts:
    """What somebody has said of herself."""

    first_name: str
    last_name: str
    date_of_birth: dt.date
    postcode: str


class IdentityCheck(Protocol):
    """A register of people."""

    @property
    def label(self) -> Any:
        """What staff call it."""

    def ask(self, facts: Facts) -> Answer:
        """Whether somebody of these facts is in it. It does not say which of them is wrong, and raises nothing.

        It gives up by itself within TIMEOUT seconds: UNAVAILABLE.
        """


class HttpRegister:
    """A register behind an address: `settings.IDENTITY_CHECK_URL`, with `IDENTITY_CHECK_KEY` as the bearer's token.

    It gets a POST of {"first_name", "last_name", "date_of_birth" (ISO), "postcode"} and answers {"match": true} or
    {"match": false}. Whatever else it answers counts as no answer.
    """

    label = _("the council’s register of people")

    def ask(self, facts: Facts) -> Answer:
        said = {
            "first_name": facts.first_name,
            "last_name": facts.last_name,
            "date_of_birth": facts.date_of_birth.isoformat(),
            "postcode": facts.postcode,
        }
        request = urllib.request.Request(  # noqa: S310 (the address is a setting, checked at the start)
            settings.IDENTITY_CHECK_URL,
            data=json.dumps(said).encode(),
            headers={
                "Authorization": f"Bearer {settings.IDENTITY_CHECK_KEY}",
                "Content-Type": "application/json",
                "Accept": "application/json",
            },
        )
        try:
            with _NO_REDIRECTS.open(request, timeout=TIMEOUT) as response:
                answer = json.loads(response.read(_MOST_BYTES))
        except (
            OSError,
            ValueError,
        ):  # urllib's errors are OSErrors; what is no JSON, or no text, a ValueError
            return Answer.UNAVAILABLE
        match = answer.get("match") if isinstance(answer, dict) else None
        if not isinstance(match, bool):
            return Answer.UNAVAILABLE
        return Answer.MATCH if match else Answer.NO_MATCH


class _Refuse(urllib.request.HTTPRedirectHandler):
    """Who somebody is goes to the address that was configured, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_NO_REDIRECTS = urllib.request.build_opener(_Refuse)

identity_checks: Registry[IdentityCheck] = Registry("registers of people")
HTTP = "http"
