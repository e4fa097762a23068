import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0011_providers_are_asked"),
        ("team", "__first__"),
        ("tickets", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispatch",
            name="calendar",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="dispatch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledgement", "acknowledgement"),
                    ("forward", "forward"),
                    ("invitation", "answer to an invitation"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="InvitationAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("tentative", "Perhaps"), ("declined", "Declined")],
                        max_length=10,
                    ),
                ),
                ("attendee", models.CharField(max_length=320)),
                ("key", models.UUIDField(unique=True)),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.agent"
                    ),
                ),
                (
                    "dispatch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="channels_email.dispatch",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.message"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["message", "-id"], name="invitation_answer_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["accepted", "tentative", "declined"])),
                        name="invitation_answer_is_known",
                    )
                ],
            },
        ),
    ]
