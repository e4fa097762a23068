from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0004_answers_tell_of_each_recipient"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="sender_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("verified", "Sender verified"),
                    ("unverified", "Sender not verified"),
                    ("failed", "Sender is not who they say"),
                    ("automated", "Written by a machine"),
                ],
                db_default="",
                max_length=10,
            ),
        ),
    ]
