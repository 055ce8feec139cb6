"""An outside identity service on this machine, "Council ID", and somebody who signs in there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from oidc_provider_mock import User as Outsider
from oidc_provider_mock import run_server_in_thread

from accounts.outside.providers import OutsideProvider

KEY, NAME, SUBJECT = "council", "Council ID", "s1"
# Of everybody at the provider, and with the address of an account here.
CLAIMS = {"email": "sam.parent@example.org", "email_verified": False}


@contextmanager
def running(**options: Any) -> Iterator[OutsideProvider]:
    """A provider on this machine, which insists on a nonce."""
    people = [Outsider(sub=sub, claims=CLAIMS) for sub in (SUBJECT, "s2")]
    with run_server_in_thread(require_nonce=True, user_claims=people, **options) as server:
        at = f"http://localhost:{server.server_port}"
        yield OutsideProvider(
            key=KEY,
            name=NAME,
            issuer=at,
            client_id="portal",
            client_secret="a-secret-of-the-portal",
            authorize=f"{at}/oauth2/authorize",
            token=f"{at}/oauth2/token",
            userinfo=f"{at}/userinfo",
            keys=f"{at}/jwks",
        )


def signs_in_there(sent_away: Any, subject: str = SUBJECT) -> str:
    """At the provider, as its form would; the path here to which it sends the browser back."""
    back = requests.post(sent_away["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
    address = back.headers["Location"]
    assert address.startswith(f"http://127.0.0.1:8000/sign-in/from/{KEY}/?"), address
    return address.removeprefix("http://127.0.0.1:8000")
