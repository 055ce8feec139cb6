import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HOW = [("phone", "By phone"), ("paper", "From a form on paper"), ("meeting", "Face to face")]


def assisted(model: str) -> list[migrations.AddField]:
    by = models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )
    how = models.CharField(blank=True, choices=HOW, default="", max_length=10)
    on = models.DateField(blank=True, null=True)
    fields = {"assisted_by": by, "assisted_how": how, "assisted_on": on}
    return [migrations.AddField(model_name=model, name=name, field=field) for name, field in fields.items()]


class Migration(migrations.Migration):
    dependencies = [
        ("forms_engine", "0010_data_protection_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *assisted("draft"),
        migrations.AddField(
            model_name="draft",
            name="said_yes",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        *assisted("submission"),
    ]
