from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_bank_holidays"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["at"], name="audit_at"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor_id"], name="audit_actor"),
        ),
    ]
