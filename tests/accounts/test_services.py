"""Services are registered by whoever runs the portal; its signing key is its own."""

import io
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings as django_settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import Service, User
from accounts.provider import checks, keys
from config.settings.base import signing_keys
from core.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A3")]
NAME, REDIRECT = "School payments", "--redirect=https://payments.example/signed-in"
ADDRESS = "--address=https://payments.example/"


@pytest.fixture(autouse=True)
def _signs(settings: Settings) -> None:
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(keys.new())


def run(*words: str) -> str:
    said = io.StringIO()
    call_command("service", *words, stdout=said)
    return said.getvalue()


def test_a_service_is_registered_and_its_secret_shown_once() -> None:
    said = run("register", NAME, REDIRECT, "--email")
    service = Service.objects.get(name=NAME)
    secret = re.search(r"Secret \(shown this once\): (\S+)", said)
    assert secret
    assert service.client_id in said
    assert service.gets_email
    assert check_password(secret[1], service.client_secret)
    assert secret[1] not in run("list")
    entry = AuditEntry.objects.get(verb="service.registered")
    assert (entry.object_id, entry.reason) == (service.pk, f"{NAME}: registered")


@pytest.mark.parametrize(
    "redirect", ["http://payments.example/", "javascript:alert(1)", "https://*.example/", "x"]
)
def test_a_service_is_led_back_to_by_https_alone(redirect: str) -> None:
    with pytest.raises(CommandError):
        run("register", NAME, f"--redirect={redirect}")
    assert not Service.objects.exists()


def test_two_services_have_two_names() -> None:
    run("register", NAME, REDIRECT)
    with pytest.raises(CommandError):
        run("register", NAME, REDIRECT)


def test_a_service_is_switched_off_and_on_and_gets_a_new_secret() -> None:
    old = re.findall(r"\S+$", run("register", NAME, REDIRECT).strip())[0]
    run("off", NAME)
    assert not Service.objects.get().is_on
    run("on", NAME)
    assert Service.objects.get().is_on
    new = run("new-secret", NAME).split()[-1]
    service = Service.objects.get()
    assert check_password(new, service.client_secret)
    assert not check_password(old, service.client_secret)
    with pytest.raises(CommandError):
        run("off", "School meals")


def test_people_find_the_services_that_they_can_open(
    signed_in_client: Callable[[User], Client], sam_parent: User
) -> None:
    run("register", NAME, REDIRECT, ADDRESS)
    sam = signed_in_client(sam_parent)
    assert "/account/services/" in sam.get("/account/").content.decode()
    assert 'href="https://payments.example/"' in sam.get("/account/services/").content.decode()
    run("off", NAME)
    assert NAME not in sam.get("/account/services/").content.decode()


def test_the_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "data" / "signing-key.pem"
    keys.make(path)
    first = path.read_text()
    keys.make(path)
    assert path.read_text() == first
    assert keys.is_good(first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def small_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def other_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize("make", [small_key, other_key, lambda: "not a key"])
def test_a_check_refuses_a_weak_key(make: Callable[[], str], settings: Settings) -> None:
    assert not checks.signing_keys_are_good(None)
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys(make())
    assert [fault.id for fault in checks.signing_keys_are_good(None)] == ["accounts.E001"]


def test_a_check_says_that_services_wait_for_a_key(settings: Settings) -> None:
    run("register", NAME, REDIRECT)
    assert not checks.services_have_a_key(None, databases=["default"])
    settings.OAUTH2_PROVIDER = django_settings.OAUTH2_PROVIDER | signing_keys("")
    assert not checks.signing_keys_are_good(None)
    assert [fault.id for fault in checks.services_have_a_key(None, databases=["default"])] == [
        "accounts.W001"
    ]
    run("off", NAME)
    assert not checks.services_have_a_key(None, databases=["default"])
