from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_indexes_of_the_audit")]

    operations = [
        migrations.AlterField(
            model_name="limitercount", name="count", field=models.PositiveBigIntegerField()
        ),
    ]
