"""The outside identity services that people may come in through (A2). Settings name them, so this knows no Django."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OutsideProvider:
    """One OpenID provider, as it has registered this portal. The last four are addresses of its own."""

    key: str  # in addresses of this site: small letters, digits, hyphens
    name: str  # on the button
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    authorize: str
    token: str
    userinfo: str
    keys: str
    algorithm: str = "RS256"
