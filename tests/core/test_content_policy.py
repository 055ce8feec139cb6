import base64
import hashlib
import re
from collections.abc import Mapping

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from core.middleware import AreaCSPMiddleware

pytestmark = pytest.mark.capability("A32")

DATE_CHOOSER = '\n  initDateChooser("id_go_live_at", {"dayOfWeekStart": 1, "format": "Y-m-d"});\n'
DOCUMENT_CHOOSER = 'new DocumentChooser("id_letter", null);'


def policy_of(response: HttpResponseBase | Mapping[str, str]) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def answer(path: str, body: str = "", *, is_preview: bool = False) -> HttpResponse:
    def page(request: HttpRequest) -> HttpResponse:
        request.is_preview = is_preview  # type: ignore[attr-defined]
        return HttpResponse(body)

    response = AreaCSPMiddleware(page)(RequestFactory().get(path))
    assert isinstance(response, HttpResponse)
    return response


def source_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_family_page_takes_nothing_but_our_own_files() -> None:
    policy = policy_of(answer("/cases/"))
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"):
        assert policy[name] == ["'self'"]
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == ["'none'"]


@pytest.mark.parametrize("path", ["/", "/cases/", "/admin/", "/admin/pages/"])
def test_no_area_lets_inline_or_evaluated_scripts_run(path: str) -> None:
    scripts = policy_of(answer(path, "<script>alert(1)</script>"))["script-src"]
    assert scripts == ["'self'"]


@pytest.mark.parametrize("call", [DATE_CHOOSER, DOCUMENT_CHOOSER])
def test_the_calls_of_wagtails_own_widgets_run_in_the_admin(call: str) -> None:
    assert source_hash(call) in policy_of(answer("/admin/", f"<p><script>{call}</script>"))["script-src"]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('initDateChooser("id", null); alert(1);', id="something behind it"),
        pytest.param('initDateChooser("id", {"a": alert(1)});', id="something inside it"),
        pytest.param('initDateChooser("id"+alert(1), null);', id="something in the id"),
        pytest.param("alert(1)", id="something else"),
    ],
)
def test_what_is_not_exactly_such_a_call_gets_no_hash(script: str) -> None:
    assert policy_of(answer("/admin/", f"<script>{script}</script>"))["script-src"] == ["'self'"]


@given(script=st.text().map(lambda text: re.sub("(?i)</script", "", text)))
def test_no_other_script_whatever_it_says_gets_a_hash(script: str) -> None:
    assert policy_of(answer("/admin/", f"<script>{script}</script>"))["script-src"] == ["'self'"]


def test_a_family_page_gets_no_hash_even_for_such_a_call() -> None:
    assert policy_of(answer("/cases/", f"<script>{DATE_CHOOSER}</script>"))["script-src"] == ["'self'"]


def test_only_a_preview_may_be_shown_in_a_frame_of_the_admin() -> None:
    assert policy_of(answer("/help/", is_preview=True))["frame-ancestors"] == ["'self'"]
    assert policy_of(answer("/help/"))["frame-ancestors"] == ["'none'"]


def test_a_download_of_the_admin_is_not_read_for_scripts() -> None:
    def page(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(iter([b"a,b\n"]), content_type="text/csv")

    response = AreaCSPMiddleware(page)(RequestFactory().get("/admin/cases/?export=csv"))
    assert isinstance(response, StreamingHttpResponse)
    assert policy_of(response)["script-src"] == ["'self'"]


@pytest.mark.django_db
def test_the_site_itself_sends_the_policy(client: Client) -> None:
    policy = policy_of(client.get("/health/").headers)
    assert policy["default-src"] == ["'none'"]
