"""A browser at the sign-in pages, and the mailbox in which the codes arrive."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.outside.providers import OutsideProvider
from accounts.provider import keys
from config.settings.base import signing_keys
from core import outbox
from tests.accounts.outside_provider import running
from tests.accounts.relying_party import RelyingParty
from tests.factories import PASSWORD


@dataclass
class Visitor:
    """Somebody with a browser, from a network of her own."""

    client: Client
    address: str = "192.0.2.10"

    def get(self, url: str, **extra: Any) -> Any:
        return self.client.get(url, REMOTE_ADDR=self.address, **extra)

    def post(self, url: str, data: dict[str, str] | None = None, **extra: Any) -> Any:
        return self.client.post(url, data or {}, REMOTE_ADDR=self.address, **extra)

    def types_password(self, email: str, password: str = PASSWORD, next: str = "") -> Any:
        return self.post("/sign-in/", {"email": email, "password": password}, query_params={"next": next})

    def types_code(self, code: str, next: str = "") -> Any:
        return self.post("/sign-in/code/", {"code": code}, query_params={"next": next})

    def signs_in(self, person: User, next: str = "") -> Any:
        """Through both pages, with the code from the email."""
        self.types_password(person.email, next=next)
        return self.types_code(emailed_code(person), next=next)

    @property
    def is_signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def emailed_code(person: User) -> str:
    """The newest code in the person's mailbox."""
    outbox.sweep()
    subjects = [message.subject for message in mail.outbox if message.to == [person.email]]
    codes = [
        found[1] for subject in subjects if (found := re.match(r"(\d{6}) is your security code", subject))
    ]
    assert codes, subjects
    return codes[-1]


def another(code: str) -> str:
    """A code that is not `code`."""
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(Client())


@pytest.fixture
def new_visitor() -> Callable[..., Visitor]:
    """A function: somebody else with a browser of her own, from `address`."""

    def make(address: str = "192.0.2.10") -> Visitor:
        return Visitor(Client(), address)

    return make


@pytest.fixture(scope="session")
def pem() -> str:
    """A key to sign with."""
    return keys.new()


@pytest.fixture
def signs(pem: str, settings: Settings) -> None:
    """The portal has a key: it is an OpenID provider."""
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(pem)


@pytest.fixture
def payments(signs: None, db: None) -> RelyingParty:
    """Another service, which people open from here."""
    return RelyingParty()


@pytest.fixture
def sams_browser(signed_in_client: Callable[[User], Client], sam_parent: User) -> Client:
    """In which she is signed in."""
    return signed_in_client(sam_parent)


@pytest.fixture(scope="package")
def outside_server() -> Iterator[OutsideProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(outside_server: OutsideProvider, settings: Settings) -> OutsideProvider:
    """An outside identity service that people may come in through."""
    settings.OUTSIDE_PROVIDERS = [outside_server]
    # The mock names no key in its tokens.
    settings.OIDC_VERIFY_KID = False
    return outside_server
