"""On the way to an outside provider and back: what the session holds meanwhile."""

import base64
import hashlib
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts.outside.claims import Told, told
from accounts.outside.errors import NotProvedError
from accounts.outside.providers import OutsideProvider
from core import lazily

client = lazily.module("accounts.outside.client")

LASTS = 10 * 60  # seconds, there and back; and again until she confirms that the two are to be joined
REGISTERING_LASTS = 60 * 60  # seconds, back from there until the account is made
_ON_THE_WAY = "outside"


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
    """Somebody sent to a provider from this browser. `joins`: whose account is to be joined; or she `registers`.

    Else she signs in.
    """

    key: str
    joins: str = ""
    registers: bool = False
    bound_for: str = ""
    state: str = field(default_factory=_secret)
    nonce: str = field(default_factory=_secret)
    verifier: str = field(default_factory=_secret)
    at: float = field(default_factory=time.time)

    def leave(self, request: HttpRequest, provider: OutsideProvider) -> str:
        """Note it; the provider's address to go to."""
        request.session[_ON_THE_WAY] = asdict(self)
        more = provider.register_scope if self.registers else ""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "scope": f"openid {more}".strip(),
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
        if kept is None:
            raise NotProvedError("not on the way")
        # Saved before the provider is asked: the same answer sent twice at once is one answer.
        request.session.save()
        sent = cls(**kept)
        if sent.key != provider.key or sent.at + LASTS < time.time():
            raise NotProvedError("not on the way")
        if not constant_time_compare(sent.state, request.GET.get("state", "")):
            raise NotProvedError("another state")
        if request.GET.get("iss", provider.issuer) != provider.issuer or not request.GET.get("code"):
            raise NotProvedError("no code")
        return sent

    def claims(self, request: HttpRequest, provider: OutsideProvider) -> dict[str, Any]:
        """What the provider says of whoever came back; "sub" is its own name for her. Raises NotProvedError."""
        said: dict[str, Any] = client.OutsideClient(provider).claims(
            code=request.GET["code"],
            verifier=self.verifier,
            nonce=self.nonce,
            redirect_uri=redirect_uri(provider),
        )
        return said


@dataclass(frozen=True)
class _Back:
    """Who somebody in this browser is elsewhere, as the session keeps it until she has gone on here."""

    SLOT: ClassVar[str]
    WITHIN: ClassVar[int]  # seconds

    key: str
    subject: str

    def keep(self, request: HttpRequest) -> None:
        request.session[self.SLOT] = {**asdict(self), "at": time.time()}

    @classmethod
    def kept(cls, request: HttpRequest) -> Self | None:
        said = dict(request.session.get(cls.SLOT, {}))
        return cls(**said) if said and said.pop("at") + cls.WITHIN >= time.time() else None

    @classmethod
    def forget(cls, request: HttpRequest) -> None:
        request.session.pop(cls.SLOT, None)


@dataclass(frozen=True)
class Proved(_Back):
    """Who somebody signed in is elsewhere, until she says that the two are to be joined."""

    SLOT = "outside-proved"
    WITHIN = LASTS

    person: str

    @classmethod
    def of(cls, request: HttpRequest, provider: OutsideProvider) -> Self | None:
        proved = cls.kept(request)
        is_hers = proved and proved.key == provider.key and proved.person == str(request.user.pk)
        return proved if is_hers else None


@dataclass(frozen=True)
class Vouched(_Back):
    """Who somebody without an account is elsewhere, and what is said of her there, while she makes one here.

    It goes with the form that she began with it, and counts in no other: the next person at this computer who begins
    anew begins without it. Signing in and signing out forget it with the session.
    """

    SLOT = "outside-vouched"
    WITHIN = REGISTERING_LASTS

    said: dict[str, Any]
    # The form that she makes her account with, once she has begun it.
    draft: str = ""
    # The one that she had begun when she came from there once more.
    before: str = ""

    @classmethod
    def by(cls, provider: OutsideProvider, claims: dict[str, Any], last: Self | None = None) -> Self:
        """`last`: who came to this browser before. If that was herself, the form that she began is known as hers."""
        who, said = (provider.key, claims["sub"]), asdict(told(claims))
        before = (last.draft or last.before) if last and (last.key, last.subject) == who else ""
        return cls(*who, said, before=before)

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """None where the provider is the council's no more, too."""
        vouched = cls.kept(request)
        return vouched if vouched and provider_of(vouched.key) else None

    @classmethod
    def in_form(cls, request: HttpRequest, draft: UUID) -> Self | None:
        """What was vouched for when this form was begun."""
        vouched = cls.of(request)
        return vouched if vouched and vouched.draft == str(draft) else None

    def began(self, draft: UUID) -> bool:
        """Whether this form is hers, whom all of this is about: what is typed in it is shown to her unasked."""
        return str(draft) in (self.draft, self.before)

    def goes_with(self, request: HttpRequest, draft: UUID) -> None:
        """From now on it belongs to this form. It lasts no longer by that."""
        request.session[self.SLOT] |= {"draft": str(draft)}

    @property
    def full_name(self) -> str:
        """As the provider says it; "" where it does not."""
        return f"{self.told.first_name} {self.told.last_name}".strip()

    @property
    def told(self) -> Told:
        return Told(**self.said)

    @property
    def provider(self) -> OutsideProvider:
        return next(one for one in settings.OUTSIDE_PROVIDERS if one.key == self.key)

    def proves(self, email: str) -> bool:
        """Whether the provider has made sure that she reads what goes to `email`, and the council takes its word."""
        is_verified = self.provider.proves_email and self.told.is_verified
        return is_verified and _mailbox(self.told.email) == _mailbox(email)


def _mailbox(email: str) -> bytes:
    """The address as it is written, but for large and small letters of ASCII.

    Not `email_key`, by which accounts are looked up: it takes "ß" for "ss", and those are two mailboxes.
    """
    return email.strip().encode().lower()
