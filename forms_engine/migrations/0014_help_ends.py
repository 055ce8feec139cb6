from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms_engine", "0013_task_list")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="alone_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
