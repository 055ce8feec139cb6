"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OneThreadArgon2(Argon2PasswordHasher):
    """Django's own, as slow and as large in memory, but each hash is one thread's work.

    With eight threads for each, a few hashes at the same moment take the processors from all pages: these have one
    thread each, and the system shares by threads. It is no easier to guess at: memory and passes are what costs.
    """

    parallelism = 1
