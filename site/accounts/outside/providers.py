"""The outside identity services that people may come in through (A2). Settings name them, so this knows no Django."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OutsideProvider:
    """One OpenID provider, as it has registered this portal."""

    key: str  # in addresses of this site: small letters, digits, hyphens
    name: str  # on the button
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    # Addresses of its own.
    authorize: str
    token: str
    userinfo: str
    keys: str
    algorithm: str = "RS256"
    # What is asked for besides who she is, when somebody registers: "" for nothing.
    register_scope: str = "profile email"
    # Whether an address that it calls verified needs no code of ours when somebody registers with it.
    proves_email: bool = False
