"""House rules that Django's own `check` looks after, each with what to do."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseTrouble
from django.db import connections

from core import triggers

# The address of everybody whom the demo data makes up.
DEMO_ADDRESSES = "@example.org"


@register()
def source_root_is_no_package(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """`site` is the standard library's name: with an __init__.py the folder would stand in its place."""
    stray = settings.ROOT / "site" / "__init__.py"
    if not stray.exists():
        return []
    hint = f"Delete {stray}: the folder is a source root, and Python has a module of that name."
    return [Error("site/ must not be a package.", hint=hint, id="core.E001")]


@register()
def demo_stays_in_the_demo(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The demo's switches are off wherever TLS is on: that is no demo."""
    if not settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Error(f"{name} is on in production.", hint=f"Take {name} out of the settings.", id="core.E002")
        for name in ("DEMO", "DEV_OUTBOX")
        if getattr(settings, name)
    ]


@register(Tags.security)
def audit_has_its_own_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Seals outlive a SECRET_KEY, which is changed now and then. (Django itself refuses an empty one.)"""
    if settings.DEMO or settings.AUDIT_KEY not in ("", settings.SECRET_KEY):
        return []
    hint = "Set it in the environment to 50 random characters, and keep it out of the database's backups."
    return [Error("AUDIT_KEY is empty, or the same as SECRET_KEY.", hint=hint, id="core.E003")]


@register(Tags.security)
def files_are_scanned(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A council that runs no scanner says so: else nobody but its sender could ever open a file."""
    if settings.DEMO or settings.CLAMD or settings.SERVE_UNSCANNED:
        return []
    hint = "Set CLAMD=host:port, or SERVE_UNSCANNED=on to let staff open files that nothing has scanned."
    return [Error("Files are not scanned, so staff cannot open any.", hint=hint, id="core.E004")]


@register(Tags.security)
def links_in_emails_are_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Where TLS is on, what people open from an email is opened by https."""
    if not settings.SECURE_SSL_REDIRECT or settings.BASE_URL.startswith("https://"):
        return []
    hint = "Set BASE_URL to the portal's own address, such as https://portal.council.example."
    return [Error("BASE_URL does not begin with https://.", hint=hint, id="core.E007")]


@register(Tags.database)
def audit_is_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers stand. A later migration that rebuilds the table on SQLite takes them away unseen."""
    faults: list[CheckMessage] = []
    for alias in kwargs.get("databases") or []:
        connection = connections[alias]
        if "core_auditentry" not in connection.introspection.table_names():
            continue
        if missing := triggers.missing(connection):
            hint = "Call core.triggers.create in a migration."
            faults.append(Error(f"The audit has lost {', '.join(missing)}.", hint=hint, id="core.E005"))
    return faults


@register(Tags.database)
def no_demo_people(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Nobody in a real portal has the demo's password, which everybody can read."""
    if settings.DEMO or not kwargs.get("databases"):
        return []
    try:
        people = get_user_model()._default_manager.filter(email_key__endswith=DEMO_ADDRESSES).exists()
    except DatabaseTrouble:  # Before the first migration.
        return []
    if not people:
        return []
    return [Error("The demo's people are in this database.", hint="Start from an empty one.", id="core.E006")]


@register(Tags.security)
def notify_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """With half of its settings no email would go, or nobody would learn which came back."""
    if not settings.NOTIFY_API_KEY:
        return []
    return [
        Error(f"NOTIFY_API_KEY is set, and {name} is not.", hint="See docs/production.md.", id="core.E008")
        for name in ("NOTIFY_TEMPLATE", "NOTIFY_CALLBACK_TOKEN")
        if not getattr(settings, name)
    ]
