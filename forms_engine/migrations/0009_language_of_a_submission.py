from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms_engine", "0008_copied_sections")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
    ]
