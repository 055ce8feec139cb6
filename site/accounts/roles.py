"""Roles are Django groups named here. Apps register what each may do; applied after every migration."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from core.registry import Registry

CASEWORKERS = "Caseworkers"
MANAGERS = "SEND managers"
EDITORS = "Content editors"
# Write forms; an editor reads and publishes them.
AUTHORS = "Form authors"
# Answer the phone to whoever cannot get in, or does not find her way.
SUPPORT = "Support staff"
ADMINISTRATORS = "Administrators"
ROLES = (CASEWORKERS, MANAGERS, EDITORS, AUTHORS, SUPPORT, ADMINISTRATORS)

Grants = Mapping[str, Iterable[str]]

# An app's name -> {role: ["app_label.codename"]}. Administrators hold what editors hold, and theirs: they run
# the site, and see nothing of a child.
grants: Registry[Grants] = Registry("grants")

_WRITE_PAGES = (
    "wagtailcore.add_page",
    "wagtailcore.change_page",
    "wagtailcore.publish_page",
    "wagtailcore.lock_page",
)
# On the whole tree of pages.
PAGE_GRANTS: Grants = {
    EDITORS: _WRITE_PAGES,
    ADMINISTRATORS: (*_WRITE_PAGES, "wagtailcore.unlock_page", "wagtailcore.bulk_delete_page"),
}
_KEEP_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
# On all collections of pictures and public documents.
COLLECTION_GRANTS: Grants = {EDITORS: _KEEP_FILES, ADMINISTRATORS: _KEEP_FILES}


class UnknownPermissionError(LookupError):
    """An app granted a permission that no model has."""


def group(role: str) -> Group:
    """The group of that role, which is made where it is missing."""
    return Group.objects.get_or_create(name=role)[0]


def granted(role: str, registry: Registry[Grants] = grants) -> set[str]:
    """All that the apps let `role` do, as "app_label.codename"."""
    names = (EDITORS, ADMINISTRATORS) if role == ADMINISTRATORS else (role,)
    return {permission for entry in registry.values() for name in names for permission in entry.get(name, ())}


def apply(registry: Registry[Grants] = grants) -> None:
    """Give each role's group exactly what is registered, and its pages and collections. Safe to repeat.

    Raises UnknownPermissionError.
    """
    for role in ROLES:
        role_group = group(role)
        role_group.permissions.set(_permissions(granted(role, registry)))
        _apply_page_permissions(role_group, _permissions(PAGE_GRANTS.get(role, ())))
        _apply_collection_permissions(role_group, _permissions(COLLECTION_GRANTS.get(role, ())))


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{p.content_type.app_label}.{p.codename}" for p in found}
    if missing:
        raise UnknownPermissionError(", ".join(sorted(missing)))
    return found


def _apply_page_permissions(role_group: Group, permissions: list[Permission]) -> None:
    held = GroupPagePermission.objects.filter(group=role_group)
    root = Page.objects.filter(depth=1).first()
    held.exclude(page=root, permission__in=permissions).delete()
    for permission in permissions if root else ():
        held.get_or_create(group=role_group, page=root, permission=permission)


def _apply_collection_permissions(role_group: Group, permissions: list[Permission]) -> None:
    held = GroupCollectionPermission.objects.filter(group=role_group)
    root = Collection.get_first_root_node()
    held.exclude(collection=root, permission__in=permissions).delete()
    for permission in permissions if root else ():
        held.get_or_create(group=role_group, collection=root, permission=permission)


_TABLES = (Permission, Page, GroupPagePermission, Collection, GroupCollectionPermission)


def apply_after_migrate(using: str, **_kwargs: Any) -> None:
    """Receiver of `post_migrate` for the last app: by then every app's permissions stand."""
    # Somebody may have asked for one app's migrations alone.
    existing = set(connections[using].introspection.table_names())
    if all(model._meta.db_table in existing for model in _TABLES):
        apply()
