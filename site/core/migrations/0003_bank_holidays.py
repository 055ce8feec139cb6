from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.bank_holidays import shipped


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Adds the shipped days. A day that staff entered already stays as it is."""
    holiday = apps.get_model("core", "BankHoliday")
    holiday.objects.bulk_create(
        [holiday(calendar=calendar, day=day, name=name) for calendar, day, name in shipped()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_triggers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
