"""What an outside provider's token must say, before it is believed."""

import base64
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import SuspiciousOperation

from accounts.outside.client import OutsideClient
from accounts.outside.providers import OutsideProvider

pytestmark = pytest.mark.capability("A2")
SUBJECT = "s1"


@pytest.fixture
def provider() -> OutsideProvider:
    at = "https://id.example"
    return OutsideProvider(
        key="council",
        name="Council ID",
        issuer=at,
        client_id="portal",
        client_secret="a-secret-of-the-portal",
        authorize=f"{at}/authorize",
        token=f"{at}/token",
        userinfo=f"{at}/userinfo",
        keys=f"{at}/jwks",
    )


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def token(key: rsa.RSAPrivateKey, provider: OutsideProvider, **changed: Any) -> str:
    now = int(time.time())
    claims = {"iss": provider.issuer, "aud": provider.client_id, "sub": SUBJECT, "iat": now, "exp": now + 60}
    said = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode(said, key, algorithm="RS256")


def test_a_right_token_is_believed(key: rsa.RSAPrivateKey, provider: OutsideProvider) -> None:
    claims = OutsideClient(provider)._verify_jws(token(key, provider), key.public_key())
    assert claims["sub"] == SUBJECT


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://somebody.else.example"},
        {"iss": None},
        {"sub": None},
        {"exp": None},
        {"exp": 1_000_000},
        {"azp": "another"},
    ],
)
def test_a_token_for_others_or_by_others_is_not(
    key: rsa.RSAPrivateKey, provider: OutsideProvider, changed: dict[str, Any]
) -> None:
    with pytest.raises((jwt.PyJWTError, SuspiciousOperation)):
        OutsideClient(provider)._verify_jws(token(key, provider, **changed), key.public_key())


def part(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def test_a_token_signed_with_the_public_key_or_with_none_is_not(
    key: rsa.RSAPrivateKey, provider: OutsideProvider
) -> None:
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = token(key, provider).split(".")[1]
    header = {alg: part(json.dumps({"alg": alg, "typ": "JWT"}).encode()) for alg in ("HS256", "none")}
    signed = f"{header['HS256']}.{claims}"
    by_hand = f"{signed}.{part(hmac.new(public, signed.encode(), 'sha256').digest())}"
    for forged in (by_hand, f"{header['none']}.{claims}."):
        with pytest.raises(jwt.PyJWTError):
            OutsideClient(provider)._verify_jws(forged, key.public_key())
