"""The forms that a new site begins with: `fixtures/forms/`, and sections to copy: `fixtures/blocks/`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from accounts import forms_that_come
from forms_engine.definition import loads
from forms_engine.models import FormDefinition

FOLDERS = [Path(settings.ROOT) / "fixtures" / name for name in ("forms", "blocks")]


def make_forms() -> None:
    """Import each that is not there yet, and publish those with a door. What an editor has changed is left alone."""
    there = set(FormDefinition.objects.values_list("slug", flat=True))
    files = [path for folder in FOLDERS for path in sorted(folder.glob("*.json"))]
    read = {str(path): loads(path.read_bytes()) for path in files}
    missing = {path: form for path, form in read.items() if form["slug"] not in there}
    for publish in (True, False):
        if paths := [path for path, form in missing.items() if _has_door(form) is publish]:
            call_command("forms", "import", *paths, publish=publish, verbosity=0)


def _has_door(form: Mapping[str, Any]) -> bool:
    """Whether people can begin it. What a team reads is asked for by nobody yet: unless it is offered, it waits."""
    return bool(form.get("offered_to")) or form["handler"] != forms_that_come.HANDLER
