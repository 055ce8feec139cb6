"""What each role may do is registered by the apps and applied after every migration."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Site

from accounts import roles
from accounts.models import User
from accounts.roles import Grants
from core.registry import AlreadyRegistered, Registry

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def registry() -> Registry[Grants]:
    fresh: Registry[Grants] = Registry("grants")
    fresh.register("accounts", {role: ["wagtailadmin.access_admin"] for role in roles.ROLES})
    fresh.register(
        "schools", {roles.CASEWORKERS: ["schools.view_school"], roles.MANAGERS: ["schools.change_school"]}
    )
    return fresh


def held(role: str) -> set[str]:
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}" for p in permissions}


def test_every_role_stands_after_migrating(admin: User) -> None:
    assert set(roles.ROLES) <= set(Group.objects.values_list("name", flat=True))
    for role in roles.ROLES:
        assert "wagtailadmin.access_admin" in held(role)


def test_a_role_gets_what_is_registered_for_it(registry: Registry[Grants]) -> None:
    roles.apply(registry)
    assert held(roles.CASEWORKERS) == {"wagtailadmin.access_admin", "schools.view_school"}


@pytest.mark.capability("A21")
def test_administrators_hold_what_editors_hold_and_nothing_of_case_staff(registry: Registry[Grants]) -> None:
    registry.register("guidance", {roles.EDITORS: ["wagtailcore.add_page"]})
    registry.register("core", {roles.ADMINISTRATORS: ["core.change_outboxitem"]})
    roles.apply(registry)
    assert held(roles.ADMINISTRATORS) == held(roles.EDITORS) | {"core.change_outboxitem"}


def test_what_is_no_longer_registered_is_taken_away(registry: Registry[Grants]) -> None:
    roles.apply(registry)
    roles.apply(Registry("none"))
    assert held(roles.MANAGERS) == set()


def test_migrating_again_restores_what_somebody_changed_by_hand(registry: Registry[Grants]) -> None:
    Group.objects.get(name=roles.EDITORS).permissions.clear()
    GroupPagePermission.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert "wagtailadmin.access_admin" in held(roles.EDITORS)
    assert GroupPagePermission.objects.filter(group__name=roles.EDITORS, page__depth=1).count() == 4


def test_a_permission_that_no_model_has_is_refused_by_name(registry: Registry[Grants]) -> None:
    registry.register("typing", {roles.EDITORS: ["schools.veiw_school"]})
    with pytest.raises(roles.UnknownPermissionError, match=r"schools\.veiw_school"):
        roles.apply(registry)


def test_an_app_registers_once(registry: Registry[Grants]) -> None:
    with pytest.raises(AlreadyRegistered):
        registry.register("schools", {})


@pytest.mark.capability("C1")
def test_an_editor_writes_and_publishes_pages_without_being_a_superuser(
    signed_in_client: SignedIn, erin_editor: User
) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    client = signed_in_client(erin_editor)
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
    assert home.permissions_for_user(erin_editor).can_publish()


@pytest.mark.parametrize("person", ["casey_worker", "morgan_manager"])
def test_case_staff_do_not_edit_pages(request: pytest.FixtureRequest, person: str) -> None:
    page = Page.objects.filter(depth=2).first()
    assert page
    assert not page.permissions_for_user(request.getfixturevalue(person)).can_edit()


def test_an_editor_adds_pictures_and_documents(signed_in_client: SignedIn, erin_editor: User) -> None:
    client = signed_in_client(erin_editor)
    assert client.get("/admin/images/add/").status_code == 200
    assert client.get("/admin/documents/multiple/add/").status_code == 200


def test_nobody_needs_to_be_a_superuser(admin: User) -> None:
    assert not admin.is_superuser
    assert admin.has_perm("wagtailadmin.access_admin")
