"""Every URL, asked for by staff who view the portal as a parent: they see what both may, and nothing changes."""

from collections.abc import Iterator

import pytest

from accounts.view_as.middleware import OWN, PUBLIC, SHOWN
from tests.house.access_table import TABLE
from tests.house.family import Family
from tests.house.routes import posted
from tests.house.test_access import NOTES, Visit, Visitor, family, requests

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A21", "A32")]
__all__ = ["family"]

VIEWED = "sam_parent"
# What SHOWN, PUBLIC and OWN come to.
OPEN = ("/start/", "/family/", "/cases/<uuid:case_id>/", "/cases/<uuid:case_id>/actions/")
FOR_ALL = ("/<page_path>", "/council.css", "/health/")
THEIRS = ("/admin/view-as/stop/", "/sign-out/", "/sign-out/everywhere/", "/admin/logout/")


def viewing(viewer: str, family: Family) -> Visitor:
    visitor = Visitor(viewer, family)
    answer = visitor.client.post(
        "/admin/view-as/", {"email": family.people[VIEWED].email, "reason": "She called."}
    )
    assert answer["Location"] == "/family/"
    return visitor


def faults(visit: Visit, route: str, viewer: str, family: Family) -> Iterator[str]:
    both = {VIEWED, viewer}
    said = visit.said
    yield from (
        f"{visit} shows {word!r}"
        for word, readers in family.secrets.items()
        if not both <= set(readers) and word.lower() in said
    )
    if visit.written - NOTES:
        yield f"{visit} writes {sorted(visit.written - NOTES)}"
    is_open = visit.method == "get" and route in (*OPEN, *FOR_ALL)
    if not is_open and visit.status != 403:
        yield f"{visit} is not refused"


@pytest.mark.parametrize("viewer", ["morgan_manager", "jo_support", "admin"])
def test_who_views_as_somebody_opens_a_few_pages_and_changes_nothing(viewer: str, family: Family) -> None:
    visitor = viewing(viewer, family)
    found = [
        fault
        for line in TABLE
        # These end it (tests/accounts/test_view_as.py).
        if line.route not in THEIRS
        for papers, method, url in requests(line, family)
        for fault in faults(
            visitor.asks(method, url, posted(line.route, family, papers) if method == "post" else {}),
            line.route,
            viewer,
            family,
        )
    ]
    assert not found, "\n".join(sorted(found))


def test_a_manager_sees_the_case_as_the_parent_does(family: Family) -> None:
    visitor = viewing("morgan_manager", family)
    for url in ("/family/", f"/cases/{family.case.pk}/", f"/cases/{family.case.pk}/actions/"):
        visit = visitor.asks("get", url)
        assert visit.status == 200, visit
        assert "you see the portal as sam parent sees it" in visit.said
        assert family.case.child.first_name.lower() in visit.said


@pytest.mark.parametrize("viewer", ["jo_support", "admin"])
def test_who_may_see_no_case_sees_none_through_the_parent(viewer: str, family: Family) -> None:
    visitor = viewing(viewer, family)
    assert family.case.child.first_name.lower() not in visitor.asks("get", "/family/").said
    assert visitor.asks("get", f"/cases/{family.case.pk}/").status == 404


def test_the_three_lists_are_what_this_test_says() -> None:
    assert {"home:start", "home:family", "casework:dashboard", "casework:actions"} == SHOWN
    assert {"core:council_css", "core:health", "wagtail_serve"} == PUBLIC
    assert {"view_as_stop", "accounts:sign_out", "accounts:sign_out_everywhere"} == OWN
