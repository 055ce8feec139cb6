"""The people of the tests by their standing. In a test: the fixtures of the same names in `conftest.py`."""

from collections.abc import Callable

from accounts.models import User
from tests.factories import TeamFactory, UserFactory

MAKERS: dict[str, Callable[[], User]] = {
    "sam_parent": lambda: UserFactory(first_name="Sam", last_name="Parent", email="sam.parent@example.org"),
    "alex_parent": lambda: UserFactory(
        first_name="Alex", last_name="Parent", email="alex.parent@example.org"
    ),
    "noor_stranger": lambda: UserFactory(
        first_name="Noor", last_name="Stranger", email="noor.stranger@example.org"
    ),
    "yusuf_young": lambda: UserFactory(
        first_name="Yusuf", last_name="Young", email="yusuf.young@example.org"
    ),
    "pat_advocate": lambda: UserFactory(
        first_name="Pat", last_name="Advocate", email="pat.advocate@example.org", professional=True
    ),
    "casey_worker": lambda: UserFactory(
        first_name="Casey",
        last_name="Worker",
        email="casey.worker@example.org",
        caseworker=True,
        teams=[TeamFactory(name="North")],
    ),
    "robin_worker": lambda: UserFactory(
        first_name="Robin",
        last_name="Worker",
        email="robin.worker@example.org",
        caseworker=True,
        teams=[TeamFactory(name="South")],
    ),
    "morgan_manager": lambda: UserFactory(
        first_name="Morgan", last_name="Manager", email="morgan.manager@example.org", manager=True
    ),
    "harper_head": lambda: UserFactory(
        first_name="Harper", last_name="Head", email="harper.head@example.org"
    ),
    "sol_bursar": lambda: UserFactory(first_name="Sol", last_name="Bursar", email="sol.bursar@example.org"),
    "erin_editor": lambda: UserFactory(
        first_name="Erin", last_name="Editor", email="erin.editor@example.org", editor=True
    ),
    "ari_author": lambda: UserFactory(
        first_name="Ari", last_name="Author", email="ari.author@example.org", author=True
    ),
    "jo_support": lambda: UserFactory(
        first_name="Jo", last_name="Support", email="jo.support@example.org", support=True
    ),
    "admin": lambda: UserFactory(
        first_name="Ash", last_name="Admin", email="admin@example.org", administrator=True
    ),
}


def make(name: str) -> User:
    """Somebody of that name and standing, with an account, a role and a team."""
    return MAKERS[name]()
