"""Asking an outside provider who somebody is: mozilla-django-oidc's client, with all that it leaves unchecked."""

from typing import Any

import jwt
import requests
from django.core.exceptions import SuspiciousOperation
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from accounts.outside.errors import NotProvedError
from accounts.outside.providers import OutsideProvider

# The longest subject that the standard allows.
LONGEST_SUBJECT = 255
LEEWAY = 30  # seconds that two clocks may differ
_WRONG = (
    SuspiciousOperation,
    jwt.PyJWTError,
    requests.RequestException,
    # What an answer that is not as the standard has it comes to.
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


class OutsideClient(OIDCAuthenticationBackend):
    """One provider's. It finds out a subject; whose that is, and letting in, is not its business."""

    def __init__(self, provider: OutsideProvider) -> None:
        self.provider = provider
        self.settings = {
            "OIDC_OP_TOKEN_ENDPOINT": provider.token,
            "OIDC_OP_USER_ENDPOINT": provider.userinfo,
            "OIDC_OP_JWKS_ENDPOINT": provider.keys,
            "OIDC_RP_CLIENT_ID": provider.client_id,
            "OIDC_RP_CLIENT_SECRET": provider.client_secret,
            "OIDC_RP_SIGN_ALGO": provider.algorithm,
            "OIDC_TIMEOUT": 5,  # seconds; without it a provider that is silent would keep a thread for good
        }
        super().__init__()

    def get_settings(self, attr: str, *args: Any) -> Any:
        """Of this provider, else the library's own default; never of the site."""
        return self.settings[attr] if attr in self.settings or not args else args[0]

    def claims(self, *, code: str, verifier: str, nonce: str, redirect_uri: str) -> dict[str, Any]:
        """What is said of whoever came back with `code`: "sub" is the provider's own name for her.

        Raises NotProvedError.
        """
        asked = {
            "client_id": self.provider.client_id,
            "client_secret": self.provider.client_secret,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        try:
            tokens = self.get_token(asked)
            claims = self.verify_token(tokens["id_token"], nonce=nonce)
            told = self.get_userinfo(tokens["access_token"], tokens["id_token"], claims)
            if told["sub"] != claims["sub"] or not _is_plain(claims["sub"]):
                raise SuspiciousOperation("The two answers name different people")
        except _WRONG as error:
            raise NotProvedError(type(error).__name__) from None
        return {**told, "sub": str(claims["sub"])}

    def _verify_jws(self, payload: str, key: Any) -> dict[str, Any]:
        """The library looks at the signature and the end alone, not at who wrote the token and for whom."""
        claims: dict[str, Any] = jwt.decode(
            payload,
            key,
            algorithms=[self.provider.algorithm],
            audience=self.provider.client_id,
            issuer=self.provider.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        # With several audiences the token must say that it was asked for by us.
        if claims.get("azp", self.provider.client_id) != self.provider.client_id:
            raise SuspiciousOperation("The token is another client's")
        return claims


def _is_plain(subject: str) -> bool:
    return 0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()
