"""One portal for all tests of accounts, each with people of its own: to start one costs more than most of them."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from accounts.outside.providers import OutsideProvider
from tests.browser.accounts import council_id
from tests.browser.accounts.somebody import MAKE, Somebody
from tests.browser.portal import Portal, Prepared, Visitor, running

MOST_PEOPLE = 40


@pytest.fixture(scope="package")
def council_identity() -> Iterator[OutsideProvider]:
    with council_id.running() as provider:
        yield provider


@pytest.fixture(scope="package")
def portal(
    tmp_path_factory: pytest.TempPathFactory, prepared: Prepared, council_identity: OutsideProvider
) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("accounts")
    # Each browser says what network it is in: what a network may do in an hour, it may do in each test.
    settings = {**council_id.known_by(council_identity), "TRUSTED_PROXIES": "1"}
    with prepared.copied(folder) as url, running(folder, url, **settings) as started:
        started.manage("shell", "-v", "0", "-c", MAKE.format(count=MOST_PEOPLE))
        yield started


@pytest.fixture(scope="package")
def numbers() -> Iterator[int]:
    """A number for each person of each test."""
    return itertools.count()


@pytest.fixture
def somebody(visitor: Callable[..., Visitor], numbers: Iterator[int]) -> Callable[..., Somebody]:
    """A function: somebody whom no other test knows. `name`: "kim", a parent, "casey", a caseworker, or "ash", an
    administrator; "new", without an account."""

    def make(name: str = "kim", *, scripts: bool = True, width: int = 0) -> Somebody:
        number = next(numbers)
        made = visitor(
            scripts=scripts,
            width=width or (1200 if scripts else 320),
            extra_http_headers={"X-Forwarded-For": f"203.0.{number}.7"},
            # The service of the tests has made its own certificate.
            ignore_https_errors=True,
        )
        # A page of the outside service wants its looks from far away.
        made.page.route("**cdn.jsdelivr.net/**", lambda route: route.abort())
        return Somebody(made, f"{name}{number}@example.org", scripts=scripts)

    return make


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def kim(request: pytest.FixtureRequest, somebody: Callable[..., Somebody]) -> Somebody:
    """A parent at a wide page with scripts, and then at a narrow one without any."""
    return somebody(scripts=request.param)
