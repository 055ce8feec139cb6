"""People by their standing, and a browser in which one of them is signed in."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from django_otp import DEVICE_ID_SESSION_KEY
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from accounts import session_life
from accounts.models import EmailCode, User
from core.private_files import file_models, private_storage
from tests import given_out, people
from tests.browser.portal import chromium, launch
from tests.triggers import _flush_past_triggers  # noqa: F401 (a fixture)

# A busy machine is slow now and then: how long one example takes says nothing about the code.
hypothesis.settings.register_profile("schoolbag", deadline=None)
hypothesis.settings.load_profile("schoolbag")

BACKEND = "accounts.backends.EmailBackend"


# A test that asks for none of these has to do with no database.
OF_A_DATABASE = {"db", "transactional_db", "portal"}


def pytest_configure() -> None:
    given_out.watch()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What has to do with no database is tested on SQLite alone: PostgreSQL would answer the same."""
    if connection.vendor == "sqlite":
        return
    kept = [
        item
        for item in items
        if OF_A_DATABASE.intersection(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db")
    ]
    config.hook.pytest_deselected(items=[*set(items).difference(kept)])
    items[:] = kept


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Sessions, council settings and the like must not reach from one test into the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Nor may the language of the last page that was asked for: Django keeps it for the thread."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


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
    return people.make("sam_parent")


@pytest.fixture
def alex_parent(db: None) -> User:
    """Ada's father, in another household."""
    return people.make("alex_parent")


@pytest.fixture
def noor_stranger(db: None) -> User:
    """A parent of nobody here: sees nothing of anybody's."""
    return people.make("noor_stranger")


@pytest.fixture
def yusuf_young(db: None) -> User:
    """A young person of 17 with a case of his own."""
    return people.make("yusuf_young")


@pytest.fixture
def pat_advocate(db: None) -> User:
    """Acts in a professional capacity."""
    return people.make("pat_advocate")


@pytest.fixture
def casey_worker(db: None) -> User:
    """Caseworker of team North, which has Ada's case."""
    return people.make("casey_worker")


@pytest.fixture
def robin_worker(db: None) -> User:
    """Caseworker of team South: must see nothing of team North's."""
    return people.make("robin_worker")


@pytest.fixture
def morgan_manager(db: None) -> User:
    """SEND manager: sees all teams."""
    return people.make("morgan_manager")


@pytest.fixture
def harper_head(db: None) -> User:
    """Supervisor of Oakfield Primary."""
    return people.make("harper_head")


@pytest.fixture
def sol_bursar(db: None) -> User:
    """Standard user of Oakfield Primary."""
    return people.make("sol_bursar")


@pytest.fixture
def erin_editor(db: None) -> User:
    """Content editor: writes guidance and forms, sees no case."""
    return people.make("erin_editor")


@pytest.fixture
def ari_author(db: None) -> User:
    """Form author: writes forms, and does not publish them."""
    return people.make("ari_author")


@pytest.fixture
def admin(db: None) -> User:
    """Administrator of the portal."""
    return people.make("admin")


@pytest.fixture
def disk(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private folder of this test, and no scanner."""
    for storage in (*(model._meta.get_field("stored").storage for model in file_models()), private_storage()):
        monkeypatch.setattr(storage, "location", str(tmp_path))
    settings.CLAMD, settings.SERVE_UNSCANNED = "", False
    return tmp_path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a worker: Playwright cannot be started twice in a process."""
    if chromium() is None:
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail("There is no Chromium or Chrome here, and BROWSER_REQUIRED is set")
        pytest.skip("There is no Chromium or Chrome here. Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()
