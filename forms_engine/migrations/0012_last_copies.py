import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.private_files


class Migration(migrations.Migration):
    dependencies = [
        ("forms_engine", "0011_filled_in_for_somebody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LastCopy",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "stored",
                    models.FileField(
                        max_length=100,
                        storage=core.private_files.private_storage,
                        upload_to=core.private_files.random_name,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("waiting", "We are checking it"),
                            ("clean", "Checked for viruses"),
                            ("refused", "A virus was found"),
                            ("unscanned", "Not checked for viruses"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("title", models.CharField(max_length=255)),
                ("about", models.CharField(blank=True, max_length=100)),
                ("until", models.DateField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="last_copies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "last copy of a form",
                "verbose_name_plural": "last copies of forms",
                "ordering": ["-added_at", "id"],
            },
        ),
    ]
