from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms_engine", "0005_opening_and_closing")]

    operations = [
        migrations.AddField(
            model_name="submission", name="due", field=models.DateField(blank=True, null=True)
        ),
    ]
