from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from accounts.models import User
from core import checks
from tests.triggers import lifted


def ids(found: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


@pytest.fixture
def production(settings: Settings) -> Settings:
    settings.DEMO = settings.DEV_OUTBOX = settings.SERVE_UNSCANNED = False
    settings.SECURE_SSL_REDIRECT = True
    settings.SECRET_KEY, settings.AUDIT_KEY = "one" * 20, "two" * 20
    settings.CLAMD = "clamd:3310"
    settings.BASE_URL = "https://portal.council.example"
    return settings


def test_the_project_itself_has_no_fault() -> None:
    assert checks.source_root_is_no_package(None) == []


def test_a_source_root_that_became_a_package_is_named_with_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    settings.ROOT = tmp_path
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "__init__.py").touch()
    (fault,) = checks.source_root_is_no_package(None)
    assert "Delete" in str(fault.hint)


def test_a_production_set_up_as_it_should_be_has_no_fault(production: Settings) -> None:
    assert checks.demo_stays_in_the_demo(None) == []
    assert checks.audit_has_its_own_key(None) == []
    assert checks.files_are_scanned(None) == []
    assert checks.links_in_emails_are_safe(None) == []


@pytest.mark.parametrize("name", ["DEMO", "DEV_OUTBOX"])
def test_production_refuses_the_demos_switches(production: Settings, name: str) -> None:
    setattr(production, name, True)
    assert ids(checks.demo_stays_in_the_demo(None)) == ["core.E002"]


@pytest.mark.parametrize("key", ["", "one" * 20])
def test_production_refuses_an_audit_without_a_key_of_its_own(production: Settings, key: str) -> None:
    production.AUDIT_KEY = key
    assert ids(checks.audit_has_its_own_key(None)) == ["core.E003"]


def test_production_refuses_links_in_emails_that_are_not_https(production: Settings) -> None:
    production.BASE_URL = "http://127.0.0.1:8000"
    assert ids(checks.links_in_emails_are_safe(None)) == ["core.E007"]


def test_without_a_scanner_the_council_must_have_chosen_so(production: Settings) -> None:
    production.CLAMD = ""
    assert ids(checks.files_are_scanned(None)) == ["core.E004"]
    production.SERVE_UNSCANNED = True
    assert checks.files_are_scanned(None) == []


@pytest.mark.django_db
def test_an_audit_that_lost_its_triggers_is_named() -> None:
    assert checks.audit_is_guarded(None, databases=["default"]) == []
    with lifted():
        assert ids(checks.audit_is_guarded(None, databases=["default"])) == ["core.E005"]


def test_the_database_is_only_looked_at_where_that_was_asked_for() -> None:
    assert checks.audit_is_guarded(None, databases=None) == []
    assert checks.no_demo_people(None, databases=None) == []


def test_production_refuses_the_demos_people(production: Settings, sam_parent: User) -> None:
    assert ids(checks.no_demo_people(None, databases=["default"])) == ["core.E006"]
    sam_parent.delete()
    assert checks.no_demo_people(None, databases=["default"]) == []


def test_notify_without_its_template_or_token_is_named(production: Settings) -> None:
    assert ids(checks.notify_can_be_used(None)) == []
    production.NOTIFY_API_KEY = "a-key"
    production.NOTIFY_TEMPLATE = "a-template"
    assert ids(checks.notify_can_be_used(None)) == ["core.E008"]
    production.NOTIFY_CALLBACK_TOKEN = "a-token"
    assert ids(checks.notify_can_be_used(None)) == []
