from django.conf import settings
from django.db import migrations, models

import core.private_files


class Migration(migrations.Migration):
    dependencies = [
        ("forms_engine", "0015_about_of_last_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="lastcopy",
            name="stored",
            field=models.FileField(
                db_index=True,
                storage=core.private_files.private_storage,
                upload_to=core.private_files.random_name,
            ),
        ),
        migrations.AlterField(
            model_name="submissionfile",
            name="stored",
            field=models.FileField(
                db_index=True,
                storage=core.private_files.private_storage,
                upload_to=core.private_files.random_name,
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="stored",
            field=models.FileField(
                db_index=True,
                storage=core.private_files.private_storage,
                upload_to=core.private_files.random_name,
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["submitted_at"], name="submission_at"),
        ),
    ]
