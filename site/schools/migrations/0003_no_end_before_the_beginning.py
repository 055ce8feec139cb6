"""Mend what the constraints then forbid. On no day does anybody gain a school, or lose one, by it."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Q


def mend_memberships(apps: Any, schema_editor: Any) -> None:
    """One that ended before it began never held. With its days put right it would open the school for a day."""
    apps.get_model("schools", "Membership").objects.filter(until__lt=F("since")).delete()


def mend_enrolments(apps: Any, schema_editor: Any) -> None:
    """Of several without an end at one school, the one that began first has all the days of the others."""
    still_there = apps.get_model("schools", "Enrolment").objects.filter(until=None)
    same = still_there.filter(child=OuterRef("child"), school=OuterRef("school"))
    earlier = same.filter(Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk")))
    covered = still_there.filter(Exists(earlier)).values_list("pk", flat=True)
    still_there.filter(pk__in=list(covered)).delete()


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_school_kind")]

    operations = [
        migrations.RunPython(mend_memberships, migrations.RunPython.noop),
        migrations.RunPython(mend_enrolments, migrations.RunPython.noop),
    ]
