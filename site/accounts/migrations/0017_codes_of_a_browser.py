from django.db import migrations, models

ASKED_IN = models.CharField(blank=True, max_length=64)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_bounced_mailboxes")]

    operations = [
        migrations.AddField(model_name="emailcode", name="asked_in", field=ASKED_IN),
        migrations.AddField(model_name="pendingmailbox", name="asked_in", field=ASKED_IN),
        migrations.AddField(model_name="pendingregistration", name="asked_in", field=ASKED_IN),
    ]
