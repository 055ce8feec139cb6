"""The forms that a new site begins with: the definitions in `fixtures/forms/`."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from forms_engine.models import FormDefinition

FOLDER = Path(settings.ROOT) / "fixtures" / "forms"


def make_forms() -> None:
    """Import and publish each that is not there yet. What an editor has changed is left alone."""
    there = set(FormDefinition.objects.values_list("slug", flat=True))
    missing = [str(path) for path in sorted(FOLDER.glob("*.json")) if path.stem not in there]
    if missing:
        call_command("forms", "import", *missing, publish=True, verbosity=0)
