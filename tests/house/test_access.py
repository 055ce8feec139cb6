"""Every URL, asked for by everybody, with one family's papers: nobody sees or changes what is not theirs."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django_otp import DEVICE_ID_SESSION_KEY
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from core.audit import REFUSALS_AN_HOUR
from core.models import AuditEntry
from tests.conftest import sign_in_client
from tests.factories import PASSWORD
from tests.house import family as families
from tests.house.access_rules import EVERYBODY, PRIVATE, Line
from tests.house.access_table import LEFT_OUT, TABLE
from tests.house.family import Family, Papers
from tests.house.routes import is_of_papers, posted, routes, urls_of
from tests.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A21", "A32")]

# Besides the people: nobody at all, and those who came through the first step of signing in alone.
VISITORS = [*sorted(EVERYBODY), "nobody", "sam after the password", "casey without a code"]
ADMIN_HOME = "/admin/"
SIGN_IN = "/sign-in/"
# Written whoever asks: that she asked, how often, and her own session.
NOTES = {"django_session", "core_auditentry", "core_limitercount"}
OF_PEOPLE = {
    model._meta.db_table
    for label in ("accounts", "casework", "families", "forms_engine", "schools")
    for model in apps.get_app_config(label).get_models()
    if model._meta.model_name not in {"formdefinition", "formversion", "wavedthrough"}
}
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@pytest.fixture(scope="module")
def family(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Family]:
    """Made once for the module. As on a council's site, there is no page that shows every message."""
    with django_db_blocker.unblock(), override_settings(DEV_OUTBOX=False), transaction.atomic():
        yield families.build()
        transaction.set_rollback(True)


@dataclass
class Visit:
    """What came of one request."""

    method: str
    url: str
    response: HttpResponseBase
    written: set[str]

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def refused(self) -> bool:
        """Not found, forbidden, or sent away: to sign in, or by Wagtail to its first page."""
        if self.status in (301, 302):
            place = self.response["Location"]
            away = place == ADMIN_HOME and self.url.startswith(ADMIN_HOME)
            return away or place.startswith(SIGN_IN)
        return self.status in (400, 403, 404, 405)

    @property
    def said(self) -> str:
        """All that came back, in lower case: page, file, sheet or PDF, headers and cookies."""
        body: bytes = self.response.getvalue()
        kind = self.response.get("Content-Type", "")
        parts = [body.decode("latin-1"), body.decode("utf-8", "ignore"), *self.response.headers.values()]
        parts.append(self.response.cookies.output())
        if body and kind == "application/pdf":
            parts.append(text_of(pikepdf.open(io.BytesIO(body))))
        if body and "spreadsheet" in kind:
            parts.append(str(list(load_workbook(io.BytesIO(body)).active.values)))
        return " ".join(parts).lower()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.url}: {self.status}"


class QuickClient(Client):
    """Django's, but for the contexts of all templates, which it would copy and keep; an error is a page."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


class Visitor:
    """Somebody with a browser. Each request leaves the database as it was."""

    def __init__(self, name: str, family: Family) -> None:
        self.client = QuickClient()
        if name in family.people:
            sign_in_client(self.client, family.people[name])
        elif name == "sam after the password":
            sam = family.people["sam_parent"]
            self.client.post(SIGN_IN, {"email": sam.email, "password": PASSWORD})
        elif name == "casey without a code":
            sign_in_client(self.client, family.people["casey_worker"])
            session = self.client.session
            del session[DEVICE_ID_SESSION_KEY]
            session.save()
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def asks(
        self, method: str, url: str, data: dict[str, Any] | None = None, *, follow: bool = False
    ) -> Visit:
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        with undone(), written() as tables:
            response = getattr(self.client, method)(url, data, follow=follow)
            return Visit(method, url, response, tables)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables


def requests(line: Line, family: Family) -> Iterator[tuple[Papers, str, str]]:
    """Whose papers, method, URL. Private things are asked for with all papers that have them, all others once."""
    methods = [method for method in ("get", "post") if (line.route, method) not in LEFT_OUT]
    for papers in papers_of(line.route, family) if line.rule in PRIVATE else family.papers[:1]:
        for url in urls_of(line.route, family, papers):
            yield from ((papers, method, url) for method in methods)


def papers_of(route: str, family: Family) -> tuple[Papers, ...]:
    return (*family.papers, *family.others) if is_of_papers(route) else family.papers


def told(said: str, visitor: str, family: Family) -> list[str]:
    """The private words that `visitor` may not read, and that stand there."""
    return [
        word for word, readers in family.secrets.items() if visitor not in readers and word.lower() in said
    ]


def faults_of(visit: Visit, line: Line, visitor: str, family: Family, papers: Papers) -> Iterator[str]:
    """What is wrong with what came of a request: too much or too little was shown or done."""
    said, may = visit.said, line.rule.lets_in(visitor, papers)
    yield from (f"shows {word!r}" for word in told(said, visitor, family))
    if visit.status >= 500:
        yield "is an error"
    if not may and not visit.refused:
        yield f"lets her in, and it is for: {line.rule}"
    unasked = visit.written - NOTES if not may else visit.written & OF_PEOPLE if line.is_harmless else set()
    if unasked:
        yield f"writes {sorted(unasked)}"
    if may and line.changes and visit.method == "post" and not visit.written - NOTES:
        yield "changes nothing for its owner, so that the refusal of others proves nothing"
    if may and visit.method == "get" and not shows(line, said, visitor, family, papers):
        yield f"does not show its owner the word {line.shows!r}"


def shows(line: Line, said: str, visitor: str, family: Family, papers: Papers) -> bool:
    """Whether somebody's own stands there, if `visitor` is one of those who must see it."""
    due = line.shows and (line.shown_to or line.rule).lets_in(visitor, papers)
    return not due or family.words(papers)[line.shows].lower() in said


@pytest.mark.parametrize("name", VISITORS)
def test_everybody_gets_at_what_is_theirs_and_at_nothing_else(name: str, family: Family) -> None:
    visitor = Visitor(name, family)
    faults, opened = [], set()
    for line in TABLE:
        for papers, method, url in requests(line, family):
            data = posted(line.route, family, papers) if method == "post" else {}
            leads_on = bool(line.shows) and line.rule.lets_in(name, papers)
            visit = visitor.asks(method, url, data, follow=leads_on)
            faults += [f"{visit} {fault}" for fault in faults_of(visit, line, name, family, papers)]
            if not visit.refused:
                opened.add(line)
    faults += [
        f"{line.route} never lets her in, and it is for: {line.rule}"
        for line in set(TABLE) - opened
        if line.opens and any(line.rule.lets_in(name, papers) for papers in papers_of(line.route, family))
    ]
    assert not faults, f"{name}:\n" + "\n".join(sorted(faults))


def test_every_route_has_a_line_in_the_table() -> None:
    missing = set(routes()) - {line.route for line in TABLE}
    assert not missing, (
        f"{sorted(missing)}: write lines in tests/house/access_table.py that say who may open each, "
        "and the word that its owner must see there"
    )


def test_no_route_has_two_lines() -> None:
    assert [route for route, lines in Counter(line.route for line in TABLE).items() if lines > 1] == []


def test_every_line_speaks_of_a_route() -> None:
    spoken_of = {line.route for line in TABLE} | {route for route, _method in LEFT_OUT}
    assert spoken_of - set(routes()) == set()


def test_a_private_line_names_what_its_owner_must_see_or_can_change() -> None:
    assert [line.route for line in TABLE if line.rule in PRIVATE and not (line.shows or line.changes)] == []


REGISTERS = {
    "/admin/casework/case/": ["casey_worker", "robin_worker", "morgan_manager"],
    "/admin/forms_engine/submission/": ["casey_worker", "robin_worker", "morgan_manager"],
    "/admin/forms_engine/delivery/": ["casey_worker", "robin_worker", "morgan_manager"],
    "/admin/core/outboxitem/": ["morgan_manager", "admin"],
    "/admin/accounts/user/": ["morgan_manager", "admin"],
    "/admin/accounts/invitation/": ["morgan_manager", "admin"],
}
LOOK_UPS = {
    "/admin/casework/case/": ["caseworker__password__startswith=md5", "child__last_name=Quaggafield"],
    "/admin/forms_engine/submission/": ["submitted_by__password__startswith=md5", "salt__startswith=a"],
    "/admin/forms_engine/delivery/": ["item__payload__contains=a", "submission__salt__startswith=a"],
    "/admin/core/outboxitem/": ["payload__contains=a"],
    "/admin/accounts/user/": ["password__startswith=argon2"],
    "/admin/accounts/invitation/": ["link_digest__startswith=a"],
}


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_answers_no_question_but_its_own_filters(register: str, family: Family) -> None:
    for name in REGISTERS[register]:
        visitor = Visitor(name, family)
        for query in [*LOOK_UPS[register], "next=/x"]:
            visit = visitor.asks("get", f"{register}?{query}")
            assert visit.status == 400, f"{name}: {visit}"


# Part of the child's name: a page may repeat what was typed into its search.
ASKED_OF_LISTS = ["q=Zebra&export=csv", "export=xlsx"]


@pytest.mark.parametrize("name", ["robin_worker", "admin"])
def test_no_list_tells_others_of_the_family_when_searched_or_exported(name: str, family: Family) -> None:
    visitor = Visitor(name, family)
    faults = []
    lists = [line for line in TABLE if line.route.startswith(ADMIN_HOME) and "<" not in line.route]
    for line in lists:
        if (line.route, "get") in LEFT_OUT or not line.rule.lets_in(name, family.papers[0]):
            continue
        for query in ASKED_OF_LISTS:
            visit = visitor.asks("get", f"{line.route}?{query}")
            faults += [f"{visit} shows {word!r}" for word in told(visit.said, name, family)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "route", "object_type"),
    [
        ("alex_parent", "/forms/assignments/<uuid:assignment_id>/", "forms_engine.assignment"),
        ("alex_parent", "/forms/<uuid:draft_id>/<slug:step_id>/", "forms_engine.draft"),
        ("alex_parent", "/forms/<uuid:draft_id>/pdf/", "forms_engine.draft"),
        ("alex_parent", "/forms/<uuid:draft_id>/files/<uuid:file_id>/", "forms_engine.upload"),
        ("alex_parent", "/forms/sent/<uuid:submission_id>/", "forms_engine.submission"),
        ("alex_parent", "/forms/sent/<uuid:submission_id>/pdf/", "forms_engine.submission"),
        (
            "alex_parent",
            "/forms/sent/<uuid:submission_id>/files/<uuid:file_id>/",
            "forms_engine.submissionfile",
        ),
        ("noor_stranger", "/cases/<uuid:case_id>/", "casework.case"),
        ("robin_worker", "/admin/casework/case/inspect/<instance_pk>/", "casework.case"),
        ("robin_worker", "/admin/casework/case/actions/<uuid:action_id>/reopen/", "casework.action"),
        ("admin", "/admin/forms_engine/submission/inspect/<instance_pk>/", "forms_engine.submission"),
        ("admin", "/forms/sent/<uuid:submission_id>/pdf/", "forms_engine.submission"),
    ],
)
def test_a_refused_look_is_written_down(name: str, route: str, object_type: str, family: Family) -> None:
    [url] = urls_of(route, family, family.papers[0])
    response = Visitor(name, family).client.get(url)
    assert response.status_code == 404
    entry = AuditEntry.objects.get(verb="refused")
    assert (entry.actor_id, entry.object_type) == (family.people[name].pk, object_type)
    assert str(entry.object_id) in url


def test_refused_looks_cannot_fill_the_disk(family: Family) -> None:
    [url] = urls_of("/cases/<uuid:case_id>/", family, family.papers[0])
    browser = Visitor("noor_stranger", family).client
    for _again in range(REFUSALS_AN_HOUR + 5):
        assert browser.get(url).status_code == 404
    assert AuditEntry.objects.filter(verb="refused").count() == REFUSALS_AN_HOUR
