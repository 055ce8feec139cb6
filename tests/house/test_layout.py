"""The house's own rules, which no library knows."""

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey

ROOT = Path(settings.ROOT)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LAYERS: list[str] = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
ORDER = {name: height for height, layer in enumerate(reversed(LAYERS)) for name in re.findall(r"\w+", layer)}
OUR_APPS = {config.name for config in apps.get_app_configs() if config.name in ORDER}


def packages() -> set[str]:
    """The folders that are packages of ours."""
    homes = [ROOT, ROOT / "site"]
    found = {init.parent.name for home in homes for init in home.glob("*/__init__.py")}
    return found - {"tests", "benchmarks"}


def test_site_is_a_source_root_and_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists(), "the standard library owns the module name `site`"


def test_the_import_order_names_exactly_the_packages_that_exist() -> None:
    optional = set(chain.from_iterable(re.findall(r"\((\w+)\)", layer) for layer in LAYERS))
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == packages()
    assert set(ORDER) - optional == packages()


def test_imports_point_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", "pyproject.toml", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_foreign_keys_point_down() -> None:
    user = apps.get_model(settings.AUTH_USER_MODEL)
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model is not user
        and field.related_model._meta.app_label in OUR_APPS
        and ORDER[field.related_model._meta.app_label] > ORDER[model._meta.app_label]
    ]
    assert upward == []


def test_the_first_migration_of_accounts_holds_the_user_alone() -> None:
    text = (ROOT / "site/accounts/migrations/0001_user.py").read_text("utf-8")
    assert re.findall(r"""CreateModel\(\s*name=["'](\w+)["']""", text) == ["User"]
    assert re.findall(r"""\(["'](\w+)["'], ["']\d{4}_""", text) == ["auth"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-assets.txt"])
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    lines = [
        line
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if line and not line.lstrip().startswith("#")
    ]
    assert lines
    assert all(re.match(r"^[\w.\[\],-]+==[\w.]+( ;.*)?$", line.split(" \\")[0]) for line in lines), lines
    assert not [line for line in lines if "://" in line]


def tracked() -> list[Path]:
    """The files of the checkout, as git lists them; all of them where it is not a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_only_one_module_may_mark_text_as_safe_html() -> None:
    allowed = {"site/core/govuk/attributes.py", "tests/house/test_layout.py"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py"
        and path.exists()
        and {"mark_safe(", "SafeString("} & set(re.findall(r"\w+\(", path.read_text("utf-8")))
    ]
    assert set(guilty) <= allowed


def test_templates_never_switch_escaping_off() -> None:
    guilty = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))
    ]
    assert guilty == []


def test_family_pages_carry_no_inline_style_or_script() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"<style|\sstyle=\"|\son\w+=\"|<script(?![^>]*\ssrc=)", path.read_text("utf-8"))
    ]
    assert guilty == []


def test_files_name_no_machine_and_no_package_registry() -> None:
    pattern = re.compile(
        r"/work/main|/work/shared|/root/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted"
    )
    guilty = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".png", ".ttf", ".pdf"} or not path.exists():
            continue
        if pattern.search(path.read_text("utf-8", errors="ignore")):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def test_a_test_that_empties_the_tables_puts_back_what_migrations_filled_them_with() -> None:
    """Without `serialized_rollback` the roles are made anew under other ids, and the next such test fails on them."""
    careless = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "django_db(transaction=True" in line
        and "serialized_rollback=True" not in line
        and path != Path(__file__)
    ]

    assert careless == []
