"""On the way to an outside provider and back: what the session holds meanwhile."""

import base64
import hashlib
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts.outside.errors import NotProvedError
from accounts.outside.providers import OutsideProvider
from core import lazily

client = lazily.module("accounts.outside.client")

LASTS = 10 * 60  # seconds, there and back; and again until she confirms that the two are to be joined
_ON_THE_WAY, _PROVED = "outside", "outside-proved"


def _secret() -> str:
    return secrets.token_urlsafe(48)


def provider_of(key: str) -> OutsideProvider | None:
    """The provider of that key, if the council has one."""
    return next((one for one in settings.OUTSIDE_PROVIDERS if one.key == key), None)


def provider_named(issuer: str) -> str:
    """The name under which people know the provider; its address, where it is configured no more."""
    return next((one.name for one in settings.OUTSIDE_PROVIDERS if one.issuer == issuer), issuer)


def redirect_uri(provider: OutsideProvider) -> str:
    """Where the provider sends people back to: never what a request's Host header says."""
    return f"{settings.BASE_URL}{reverse('accounts:outside_back', args=[provider.key])}"


@dataclass(frozen=True)
class OnTheWay:
    """Somebody sent to a provider from this browser. `joins`: whose account is to be joined, "" for a sign-in."""

    key: str
    joins: str = ""
    bound_for: str = ""
    state: str = field(default_factory=_secret)
    nonce: str = field(default_factory=_secret)
    verifier: str = field(default_factory=_secret)
    at: float = field(default_factory=time.time)

    def leave(self, request: HttpRequest, provider: OutsideProvider) -> str:
        """Note it; the provider's address to go to."""
        request.session[_ON_THE_WAY] = asdict(self)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": provider.client_id,
            "redirect_uri": redirect_uri(provider),
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{provider.authorize}?{urlencode(asked)}"

    @classmethod
    def back(cls, request: HttpRequest, provider: OutsideProvider) -> Self:
        """The one that comes back with this request. It does so once. Raises NotProvedError."""
        kept = request.session.pop(_ON_THE_WAY, None)
        # Saved before the provider is asked: the same answer sent twice at once is one answer.
        request.session.save()
        sent = cls(**kept) if kept else None
        if sent is None or sent.key != provider.key or sent.at + LASTS < time.time():
            raise NotProvedError("not on the way")
        if not constant_time_compare(sent.state, request.GET.get("state", "")):
            raise NotProvedError("another state")
        if request.GET.get("iss", provider.issuer) != provider.issuer or not request.GET.get("code"):
            raise NotProvedError("no code")
        return sent

    def subject(self, request: HttpRequest, provider: OutsideProvider) -> str:
        """Who came back, by the provider's own word. Raises NotProvedError."""
        said: str = client.OutsideClient(provider).subject(
            code=request.GET["code"],
            verifier=self.verifier,
            nonce=self.nonce,
            redirect_uri=redirect_uri(provider),
        )
        return said


@dataclass(frozen=True)
class Proved:
    """Who somebody signed in is elsewhere, until she says that the two are to be joined."""

    key: str
    subject: str
    person: str
    at: float = field(default_factory=time.time)

    def keep(self, request: HttpRequest) -> None:
        request.session[_PROVED] = asdict(self)

    @classmethod
    def of(cls, request: HttpRequest, provider: OutsideProvider) -> Self | None:
        kept = request.session.get(_PROVED)
        proved = cls(**kept) if kept else None
        if proved is None or proved.at + LASTS < time.time():
            return None
        is_hers = proved.key == provider.key and proved.person == str(request.user.pk)
        return proved if is_hers else None

    @staticmethod
    def forget(request: HttpRequest) -> None:
        request.session.pop(_PROVED, None)
