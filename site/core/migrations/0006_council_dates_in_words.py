from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_limits_in_bytes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="councilsettings",
            name="display_rule",
            field=models.CharField(
                choices=[
                    ("beginning-with", "The day of the request is day one (the earlier, cautious reading)"),
                    ("after", "The day after the request is day one (as the regulations are worded)"),
                ],
                default="beginning-with",
                help_text="For the council's own dates alone: the decision to assess, the decision on a plan, the draft plan and the final plan. Never for a family's days to answer.",
                max_length=20,
                verbose_name="how the council counts its own weeks",
            ),
        ),
    ]
