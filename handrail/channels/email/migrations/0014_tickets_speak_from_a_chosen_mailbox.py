import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0013_mailboxes_decide_about_copies"),
        ("tickets", "0018_tickets_are_opened_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChosenMailbox",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="channels_email.emailaccount",
                    ),
                ),
            ],
        ),
    ]
