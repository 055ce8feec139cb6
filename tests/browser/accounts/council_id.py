"""An outside identity service, "Council ID": whoever comes there types who she is, and is believed, by us too."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import requests
from oidc_provider_mock import run_server_in_thread

from accounts.outside.providers import OutsideProvider


@contextmanager
def running() -> Iterator[OutsideProvider]:
    with run_server_in_thread(require_nonce=True) as server:
        at = f"http://localhost:{server.server_port}"
        yield OutsideProvider(
            key="council",
            name="Council ID",
            issuer=at,
            client_id="portal",
            client_secret="a-secret-of-the-portal",
            authorize=f"{at}/oauth2/authorize",
            token=f"{at}/oauth2/token",
            userinfo=f"{at}/userinfo",
            keys=f"{at}/jwks",
            register_scope="profile email address",
            proves_email=True,
        )


def known_by(provider: OutsideProvider) -> dict[str, str]:
    """What the environment of a portal says that knows it."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.browser.accounts.settings",
        "OUTSIDE_PROVIDERS": json.dumps([asdict(provider)]),
    }


def knows(provider: OutsideProvider, subject: str, **claims: Any) -> None:
    """Tell it what to say of somebody."""
    requests.put(f"{provider.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()
