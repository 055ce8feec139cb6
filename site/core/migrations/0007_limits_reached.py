import uuid
from datetime import timedelta

import django.utils.timezone
from django.db import migrations, models


def fill(apps, schema_editor):
    # No window that was counted before this lasted longer.
    counts = apps.get_model("core", "LimiterCount").objects
    counts.update(until=models.F("since") + timedelta(days=1))


class Migration(migrations.Migration):
    dependencies = [("core", "0006_council_dates_in_words")]

    operations = [
        migrations.AddField(
            model_name="limitercount",
            name="until",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.CreateModel(
            name="LimitReached",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.CharField(max_length=64)),
                ("scope", models.CharField(max_length=60)),
                ("person_id", models.UUIDField(null=True)),
                ("network", models.CharField(blank=True, max_length=45)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                ("lifted_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "wait after many tries",
                "verbose_name_plural": "waits after many tries",
                "ordering": ["-since", "-pk"],
                "permissions": [("lift_limitreached", "Can end a wait early")],
                "indexes": [models.Index(fields=["-since"], name="wait_since")],
                "constraints": [models.UniqueConstraint(fields=("key", "since"), name="one_wait_a_window")],
            },
        ),
    ]
