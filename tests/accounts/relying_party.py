"""A service that people open from the portal, as its own makers would have written it: it knows only the standard."""

import base64
import hashlib
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from django.test import Client
from oauth2_provider.generators import generate_client_secret

from accounts.models import Service

REDIRECT = "https://payments.example/signed-in"
AFTER_SIGN_OUT = "https://payments.example/bye"
DISCOVERY = "/openid/.well-known/openid-configuration"


@dataclass
class RelyingParty:
    """The service "School payments". It talks to the portal from its own machine, by `wire`."""

    gets_email: bool = False
    name: str = "School payments"
    wire: Client = field(default_factory=Client)
    secret: str = field(default_factory=generate_client_secret)
    state: str = ""
    nonce: str = ""
    verifier: str = ""

    def __post_init__(self) -> None:
        self.service = Service.objects.create(
            name=self.name,
            redirect_uris=REDIRECT,
            post_logout_redirect_uris=AFTER_SIGN_OUT,
            gets_email=self.gets_email,
            client_secret=self.secret,
        )

    @property
    def configuration(self) -> dict[str, Any]:
        found: dict[str, Any] = self.wire.get(DISCOVERY).json()
        return found

    def question(self, **changed: str | None) -> dict[str, str]:
        """What it sends along with somebody whom it wants to know."""
        self.state, self.nonce, self.verifier = (secrets.token_urlsafe(48) for _each in range(3))
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.service.client_id,
            "redirect_uri": REDIRECT,
            "scope": "openid email" if self.gets_email else "openid",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        } | changed
        return {name: value for name, value in asked.items() if value is not None}

    def sends(self, browser: Client, **changed: str | None) -> Any:
        """Send somebody's browser to the portal."""
        return browser.get("/openid/authorize/", self.question(**changed))

    def came_back(self, response: Any) -> dict[str, str]:
        """What the browser brings it, having followed `response`."""
        return self.reads(response["Location"])

    def reads(self, address: str) -> dict[str, str]:
        assert address.startswith(f"{REDIRECT}?"), address
        return dict(parse_qsl(urlsplit(address).query))

    def token_request(self, **more: str) -> Any:
        data = {"client_id": self.service.client_id, "client_secret": self.secret} | more
        return self.wire.post("/openid/token/", data)

    def exchanges(self, code: str, **changed: str) -> Any:
        """A code for tokens."""
        sent = {"redirect_uri": REDIRECT, "code_verifier": self.verifier} | changed
        return self.token_request(grant_type="authorization_code", code=code, **sent)

    def verified(self, id_token: str) -> dict[str, Any]:
        """What the portal says of the person, once its signature and all else is looked at."""
        configuration = self.configuration
        kid = jwt.get_unverified_header(id_token)["kid"]
        [key] = [
            jwt.PyJWK(one)
            for one in self.wire.get(urlsplit(configuration["jwks_uri"]).path).json()["keys"]
            if one["kid"] == kid
        ]
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key,
            algorithms=["RS256"],
            audience=self.service.client_id,
            issuer=configuration["issuer"],
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
        assert claims["nonce"] == self.nonce
        return claims

    def userinfo(self, access_token: str) -> Any:
        return self.wire.get("/openid/userinfo/", headers={"Authorization": f"Bearer {access_token}"})

    def learns(self, back: dict[str, str]) -> dict[str, Any]:
        """Who somebody is, from what her browser brought: by ID token and userinfo, which agree."""
        assert back["state"] == self.state
        assert back["iss"] == self.configuration["issuer"]
        tokens = json.loads(self.exchanges(back["code"]).content)
        claims = self.verified(tokens["id_token"])
        told: dict[str, Any] = self.userinfo(tokens["access_token"]).json()
        assert told["sub"] == claims["sub"]
        return told | {"tokens": tokens}


def on(response: Any) -> str:
    """Where the page leads by itself that answers a post."""
    assert response.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def answers(browser: Client, party: RelyingParty, answer: str = "yes", **changed: str) -> dict[str, str]:
    """Somebody reads the question and answers it; what her browser then brings the service."""
    page = party.sends(browser, **changed)
    assert page.status_code == 200
    posted = browser.post(page.wsgi_request.get_full_path(), {"answer": answer})
    return party.reads(on(posted))
