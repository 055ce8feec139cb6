"""The guarded base of the admin's registers, tried on cases: Ada's is team North's."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType

import pytest
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import clear_url_caches, include, path
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django import Settings
from wagtail.admin.auth import require_admin_access
from wagtail.log_actions import log
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.models import Team, User
from casework.models import Case
from config.urls import urlpatterns as project_urls
from core.admin import NoDeletion, RowPrivateModelAdmin
from core.models import AuditEntry
from core.spreadsheets import plain_cell
from schools.models import Child
from tests.factories import FormFactory

pytestmark = [pytest.mark.django_db, pytest.mark.capability("A32")]

ADA = "Zebrax"
SignIn = Callable[[User], Client]


class LaxDeletion(NoDeletion):
    """As a register that lets rows be deleted would have it: the guard must hold all the same."""

    def user_can_delete_obj(self, user: User, obj: Model | None) -> bool:
        return bool(user.has_perm("casework.view_case"))

    def user_can_edit_obj(self, user: User, obj: Case) -> bool:
        return bool(user.has_perm("casework.view_case"))


class CaseRegister(RowPrivateModelAdmin):
    model = Case
    base_url_path = "register"
    # Plain, whatever the case's own register looks like.
    index_template_name = "modeladmin/index.html"
    inspect_template_name = "modeladmin/inspect.html"
    list_display = ("reference", "child_name")
    list_export = ("reference", "child_name")
    list_filter = ("closed_on",)
    search_fields = ("reference", "child__last_name")
    inspect_view_enabled = True
    history_view_enabled = True
    permission_helper_class = LaxDeletion

    def child_name(self, case: Case) -> str:
        return case.child.last_name

    def subject_of(self, instance: Model) -> Child:
        assert isinstance(instance, Case)
        return instance.child


class RegisterWithoutDeletion(CaseRegister):
    base_url_path = "kept"
    permission_helper_class = NoDeletion


@pytest.fixture(autouse=True)
def _registers(settings: Settings) -> Iterator[None]:
    """The project with these registers in its admin."""
    urls = [
        url
        for kind in (CaseRegister, RegisterWithoutDeletion)
        for url in kind().get_admin_urls_for_registration()
    ]
    module = ModuleType("urls_with_registers")
    guarded = decorate_urlpatterns(urls, require_admin_access)
    module.urlpatterns = [path("admin/", include(guarded)), *project_urls]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = module
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def case(casey_worker: User) -> Case:
    child = Child.objects.create(first_name="Ada", last_name=ADA, date_of_birth=date(2015, 5, 1))
    return Case.objects.create(child=child, team=Team.objects.get(name="North"))


@pytest.fixture
def other_case(robin_worker: User) -> Case:
    child = Child.objects.create(first_name="Bo", last_name="=1+1", date_of_birth=date(2015, 5, 1))
    return Case.objects.create(child=child, team=Team.objects.get(name="South"))


def text_of(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


def cells_of(response: HttpResponseBase) -> str:
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    return str(list(sheet.values))


ROW_VIEWS = [
    ("inspect", "get"),
    ("edit", "get"),
    ("edit", "post"),
    ("delete", "get"),
    ("delete", "post"),
    ("history", "get"),
]


@pytest.mark.parametrize(("view", "method"), ROW_VIEWS)
def test_a_caseworker_of_another_team_finds_nothing_by_any_route(
    case: Case, robin_worker: User, signed_in_client: SignIn, view: str, method: str
) -> None:
    response = getattr(signed_in_client(robin_worker), method)(f"/admin/register/{view}/{case.pk}/")
    assert response.status_code == 404
    assert ADA not in text_of(response)
    assert Case.objects.filter(pk=case.pk).exists()
    entry = AuditEntry.objects.get(verb="refused")
    assert (entry.actor_id, entry.object_type, entry.object_id) == (robin_worker.pk, "casework.case", case.pk)


@pytest.mark.parametrize(("view", "method"), ROW_VIEWS)
def test_an_editor_finds_nothing_either(
    case: Case, erin_editor: User, signed_in_client: SignIn, view: str, method: str
) -> None:
    response = getattr(signed_in_client(erin_editor), method)(f"/admin/register/{view}/{case.pk}/")
    assert response.status_code == 404


def test_the_cases_own_caseworker_sees_it_and_that_she_looked_is_written(
    case: Case, casey_worker: User, signed_in_client: SignIn
) -> None:
    browser = signed_in_client(casey_worker)
    assert ADA in text_of(browser.get("/admin/register/"))
    assert case.reference in text_of(browser.get(f"/admin/register/inspect/{case.pk}/"))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.object_id) == ("case.read", casey_worker.pk, case.pk)
    assert (entry.subject_type, entry.subject_id) == ("schools.child", case.child_id)


@pytest.mark.parametrize("query", ["", "?q=ebra", "?q=ebra&o=1", "?export=csv", "?export=xlsx"])
def test_lists_searches_and_exports_hold_ones_own_teams_alone(
    case: Case, other_case: Case, robin_worker: User, signed_in_client: SignIn, query: str
) -> None:
    response = signed_in_client(robin_worker).get(f"/admin/register/{query}")
    assert response.status_code == 200
    shown = cells_of(response) if "xlsx" in query else text_of(response)
    assert ADA not in shown


@pytest.mark.parametrize(
    "look_up",
    [
        "caseworker__password__startswith=argon2",
        "child__last_name__startswith=Z",
        "team=1",
        "pk=1",
        "next=/x",
        "a__b=c",
        "q=a%00b",
    ],
)
def test_a_query_string_is_no_oracle(
    case: Case, casey_worker: User, signed_in_client: SignIn, look_up: str
) -> None:
    browser = signed_in_client(casey_worker)
    assert browser.get(f"/admin/register/?{look_up}").status_code == 400
    assert browser.get(f"/admin/register/?{look_up}&export=csv").status_code == 400


def test_the_lists_own_filters_search_order_and_pages_work(
    case: Case, casey_worker: User, signed_in_client: SignIn
) -> None:
    browser = signed_in_client(casey_worker)
    for query in ("closed_on__isnull=True", "q=Zebrax", "o=0", "p=1"):
        assert ADA in text_of(browser.get(f"/admin/register/?{query}"))


def test_nothing_is_deleted_by_hand(case: Case, casey_worker: User, signed_in_client: SignIn) -> None:
    response = signed_in_client(casey_worker).post(f"/admin/kept/delete/{case.pk}/")
    assert response.status_code in (302, 403)
    assert Case.objects.filter(pk=case.pk).exists()
    assert not AuditEntry.objects.filter(verb="case.delete").exists()


@pytest.mark.parametrize("pk", ["not-an-id", "7", "_3Cscript_3E"])
def test_an_id_that_is_none_is_not_found(casey_worker: User, signed_in_client: SignIn, pk: str) -> None:
    assert signed_in_client(casey_worker).get(f"/admin/register/inspect/{pk}/").status_code == 404


def test_an_export_is_written_down_and_holds_no_formula(
    other_case: Case, robin_worker: User, signed_in_client: SignIn
) -> None:
    response = signed_in_client(robin_worker).get("/admin/register/?export=csv")
    assert isinstance(response, HttpResponseBase)
    rows = list(csv.reader(io.StringIO(text_of(response))))
    assert rows[1] == [other_case.reference, "'=1+1"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.reason) == ("register.export", robin_worker.pk, "casework.case")


def test_a_report_of_wagtails_own_holds_no_formula_either(admin: User, signed_in_client: SignIn) -> None:
    log(FormFactory(title="=cmd()"), "wagtail.edit", user=admin)
    response = signed_in_client(admin).get("/admin/reports/site-history/?export=csv")
    rows = list(csv.reader(io.StringIO(text_of(response))))
    assert "'=cmd()" in {cell for row in rows for cell in row}
    assert "=cmd()" not in {cell for row in rows for cell in row}


@given(text=st.text(max_size=20))
def test_no_cell_whatever_it_holds_begins_a_formula(text: str) -> None:
    cell = plain_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.endswith(text)


def test_numbers_stay_numbers() -> None:
    assert plain_cell(-5) == -5
