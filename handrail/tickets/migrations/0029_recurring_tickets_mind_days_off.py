from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0028_due_dates_are_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="recurringticket",
            name="when_off",
            field=models.CharField(
                choices=[
                    ("stay", "It opens all the same"),
                    ("skip", "Leave the day out"),
                    ("move", "Move it to the next working day"),
                ],
                db_default="stay",
                default="stay",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="recurringticket",
            name="off_region",
            field=models.CharField(blank=True, db_default="", default="", max_length=30),
        ),
        migrations.AddField(
            model_name="recurringticket",
            name="off_weekends",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="recurringticket",
            name="off_dates",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
