"""The key that signs who somebody is."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

SMALLEST = 3072  # bits


def new() -> str:
    """A new private key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=SMALLEST)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def make(path: Path) -> None:
    """Put a new key at `path`, for nobody else to read, unless there is one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = new()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(pem)


def is_good(pem: str) -> bool:
    """Whether it is an RSA private key, without a password, that is long enough."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        return False
    return isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST
