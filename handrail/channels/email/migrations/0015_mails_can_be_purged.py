from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels_email", "0014_tickets_speak_from_a_chosen_mailbox")]

    operations = [
        migrations.AlterField(
            model_name="rawmail",
            name="state",
            field=models.CharField(
                max_length=12,
                default="new",
                choices=[
                    ("new", "new"),
                    ("done", "done"),
                    ("duplicate", "duplicate"),
                    ("ignored", "ignored"),
                    ("quarantined", "quarantined"),
                    ("held", "held"),
                    ("spam", "spam"),
                    ("purged", "purged"),
                ],
            ),
        ),
    ]
