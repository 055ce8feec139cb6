from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms_engine", "0014_help_ends")]

    operations = [
        migrations.AddField(
            model_name="lastcopy",
            name="about_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="lastcopy",
            name="about_kind",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
    ]
