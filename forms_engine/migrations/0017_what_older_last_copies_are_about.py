"""Copies of unfinished forms from before they said what they are about: it is filled in, or they are shut."""

import datetime as dt
from typing import Any

from django.db import migrations
from django.utils import timezone


def say_or_shut(apps: Any, schema_editor: Any) -> None:
    """What a copy is about stands on its person's forms about the same name; where those differ, nobody can tell.

    A copy that nobody can tell of might be about what was shut to its person since: its time ends, and the next night
    deletes it.
    """
    assignments = apps.get_model("forms_engine", "Assignment").objects
    copies = apps.get_model("forms_engine", "LastCopy").objects
    ended = timezone.localdate() - dt.timedelta(days=1)
    for copy in copies.filter(about_id=None, until__gt=ended):
        asked = assignments.filter(addressee=copy.person_id, about_name=copy.about)
        about = set(asked.values_list("about_kind", "about_id"))
        if len(about) == 1:
            ((copy.about_kind, copy.about_id),) = about
        elif about or copy.about:
            copy.until = ended
        copy.save(update_fields=["about_kind", "about_id", "until"])


class Migration(migrations.Migration):
    dependencies = [("forms_engine", "0016_indexes_of_files_and_sent_forms")]

    operations = [migrations.RunPython(say_or_shut, migrations.RunPython.noop)]
