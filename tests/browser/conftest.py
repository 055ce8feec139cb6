"""A portal for each browser test, and somebody at a browser in front of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal, Prepared, Visitor, running

# The story goes all the way on both databases. What the others look at in a browser does not depend on which it is.
OF_ANY_DATABASE = [
    "accounts/test_own_account.py",
    "accounts/test_outside_identity.py",
    "accounts/test_second_steps.py",
    "accounts/test_single_sign_on.py",
    "accounts/test_ways_back_in.py",
    "test_caseworker.py",
    "test_form_by_hand.py",
    "test_form_editor.py",
    "test_shipped_forms.py",
]
collect_ignore = OF_ANY_DATABASE if os.environ.get("DATABASE_URL", "").startswith("postgres") else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run one after another in one worker: each starts a whole portal."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Two browsers, a site and its worker share two cores: what one try has no time for, the second has.
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """What a portal is before its first visitor, made once for each worker."""
    made = Prepared(tmp_path_factory.mktemp("prepared"))
    with running(made.folder, made.url):
        pass
    yield made
    made.remove()


@pytest.fixture
def portal(tmp_path: Path, prepared: Prepared) -> Iterator[Portal]:
    """A fresh portal with the demo's people, on the kind of database that the tests run on."""
    with prepared.copied(tmp_path) as url, running(tmp_path, url) as started:
        yield started
        # Its children end by themselves, and nobody looks at what they leave: a stop in good order takes seconds.
        started.process.kill()


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Callable[..., Visitor]]:
    """A function: somebody new at a browser of their own. `scripts=False`: without JavaScript; `width` in pixels."""
    contexts = []

    def make(*, scripts: bool = True, width: int = 1200, **more: Any) -> Visitor:
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="en-GB", **more
        )
        contexts.append(context)
        return Visitor(context.new_page(), portal)

    yield make
    for context in contexts:
        context.close()
