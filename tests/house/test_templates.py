"""Every template of ours can be read, and finds what it builds on."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.ROOT) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*") if path.is_file())


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_can_be_read(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_builds_on_templates_that_exist(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    for other in re.findall(r"""\{% (?:include|extends) ["']([^"']+)["']""", text):
        assert get_template(other)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("components/")])
def test_a_component_says_which_context_it_takes(name: str) -> None:
    assert re.match(r"\{# .+ #\}\n", (FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("govuk/fields/")])
def test_a_question_is_drawn_by_one_flat_template(name: str) -> None:
    """An include in each part of a question made a step half as dear again; follow-ups, ticks and searches need one."""
    includes = re.findall(r"\{% include (\S+)", (FOLDER / name).read_text("utf-8"))
    assert set(includes) <= {
        "field.template",
        "field.inside",
        '"components/icon.html"',
        '"components/rich_text.html"',
        '"govuk/fields/records_found.html"',
    }
