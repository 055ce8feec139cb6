"""People by their standing, and a browser in which one of them is signed in."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from accounts import session_life
from accounts.models import EmailCode, User
from tests.factories import TeamFactory, UserFactory
from tests.triggers import _flush_past_triggers  # noqa: F401

# A busy machine is slow now and then: how long one example takes says nothing about the code.
hypothesis.settings.register_profile("schoolbag", deadline=None)
hypothesis.settings.load_profile("schoolbag")

BACKEND = "accounts.backends.EmailBackend"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Sessions, council settings and the like must not reach from one test into the next."""
    cache.clear()
    yield
    cache.clear()


def sign_in_client(client: Client, person: User) -> Client:
    """Make `client` a browser in which `person` has come through both steps of signing in."""
    device, _made = EmailCode.objects.get_or_create(user=person, defaults={"name": "email"})
    session = client.session
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session_life.begin(session, person)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


@pytest.fixture
def signed_in_client() -> Callable[[User], Client]:
    """A function: a new browser with this person signed in, verified, without going through the pages."""

    def make(person: User) -> Client:
        return sign_in_client(Client(), person)

    return make


@pytest.fixture
def sam_parent(db: None) -> User:
    """Mother of Ada and Ben."""
    return UserFactory(first_name="Sam", last_name="Parent", email="sam.parent@example.org")


@pytest.fixture
def alex_parent(db: None) -> User:
    """Ada's father, in another household."""
    return UserFactory(first_name="Alex", last_name="Parent", email="alex.parent@example.org")


@pytest.fixture
def noor_stranger(db: None) -> User:
    """A parent of nobody here: sees nothing of anybody's."""
    return UserFactory(first_name="Noor", last_name="Stranger", email="noor.stranger@example.org")


@pytest.fixture
def yusuf_young(db: None) -> User:
    """A young person of 17 with a case of his own."""
    return UserFactory(first_name="Yusuf", last_name="Young", email="yusuf.young@example.org")


@pytest.fixture
def pat_advocate(db: None) -> User:
    """Acts in a professional capacity."""
    return UserFactory(
        first_name="Pat", last_name="Advocate", email="pat.advocate@example.org", professional=True
    )


@pytest.fixture
def casey_worker(db: None) -> User:
    """Caseworker of team North, which has Ada's case."""
    return UserFactory(
        first_name="Casey",
        last_name="Worker",
        email="casey.worker@example.org",
        caseworker=True,
        teams=[TeamFactory(name="North")],
    )


@pytest.fixture
def robin_worker(db: None) -> User:
    """Caseworker of team South: must see nothing of team North's."""
    return UserFactory(
        first_name="Robin",
        last_name="Worker",
        email="robin.worker@example.org",
        caseworker=True,
        teams=[TeamFactory(name="South")],
    )


@pytest.fixture
def morgan_manager(db: None) -> User:
    """SEND manager: sees all teams."""
    return UserFactory(
        first_name="Morgan", last_name="Manager", email="morgan.manager@example.org", manager=True
    )


@pytest.fixture
def harper_head(db: None) -> User:
    """Supervisor of Oakfield Primary (the schools slice adds the membership)."""
    return UserFactory(first_name="Harper", last_name="Head", email="harper.head@example.org")


@pytest.fixture
def sol_bursar(db: None) -> User:
    """Standard user of Oakfield Primary."""
    return UserFactory(first_name="Sol", last_name="Bursar", email="sol.bursar@example.org")


@pytest.fixture
def erin_editor(db: None) -> User:
    """Content editor: writes guidance and forms, sees no case."""
    return UserFactory(first_name="Erin", last_name="Editor", email="erin.editor@example.org", editor=True)


@pytest.fixture
def admin(db: None) -> User:
    """Administrator of the portal."""
    return UserFactory(first_name="Ash", last_name="Admin", email="admin@example.org", administrator=True)
