from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0031_timers_know_their_ticket"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="bcc",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
