"""What the apps below `accounts` may know of a user."""

from typing import Protocol
from uuid import UUID


class Person(Protocol):
    """Somebody signed in. `accounts.User` is one; nothing below `accounts` imports that model."""

    id: UUID
    pk: UUID
    email: str
    is_active: bool
    # The code of the one that she reads the site in.
    language: str

    @property
    def full_name(self) -> str: ...

    @property
    def role_names(self) -> str: ...

    @property
    def is_authenticated(self) -> bool: ...

    def has_perm(self, perm: str) -> bool: ...
