"""The forms that a new site begins with: `fixtures/forms/`, and sections to copy: `fixtures/blocks/`."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from forms_engine.definition import loads
from forms_engine.models import FormDefinition

FOLDERS = [Path(settings.ROOT) / "fixtures" / name for name in ("forms", "blocks")]


def make_forms() -> None:
    """Import and publish each that is not there yet. What an editor has changed is left alone."""
    there = set(FormDefinition.objects.values_list("slug", flat=True))
    files = [path for folder in FOLDERS for path in sorted(folder.glob("*.json"))]
    missing = [str(path) for path in files if loads(path.read_bytes())["slug"] not in there]
    if missing:
        call_command("forms", "import", *missing, publish=True, verbosity=0)
