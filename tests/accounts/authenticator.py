"""A security key in a few lines (WebAuthn, level 2): it makes passkeys and answers questions, well or badly."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN, HOST = "http://testserver", "testserver"


@dataclass
class Authenticator:
    """One key pair. `count`: how often it was used, as it says itself; 0 for ever where `is_synced`."""

    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0
    is_synced: bool = False

    def make(
        self, options: dict[str, Any], *, origin: str = ORIGIN, host: str = HOST, verified: bool = True
    ) -> str:
        """What a browser answers when it is asked for a new passkey."""
        flags = ATTESTED | PRESENT | (VERIFIED if verified else 0)
        known = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + self.public_key()
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(host, flags) + known}
        client = self._client("webauthn.create", options["challenge"], origin)
        return self._spelt(clientDataJSON=client, attestationObject=cbor2.dumps(attestation))

    def answer(
        self, options: dict[str, Any], *, origin: str = ORIGIN, host: str = HOST, verified: bool = True
    ) -> str:
        """What a browser answers when it is to show that it has the passkey."""
        self.count += 0 if self.is_synced else 1
        data = self._data(host, PRESENT | (VERIFIED if verified else 0))
        client = self._client("webauthn.get", options["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._spelt(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _spelt(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.id)
        parts = {part: bytes_to_base64url(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})
