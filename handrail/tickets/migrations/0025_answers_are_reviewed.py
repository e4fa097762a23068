"""Who has read an answer before it left, and what its writer had asked for."""

import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0002_answers_can_need_review"),
        ("tickets", "0025_mentions_and_wider_groupings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="team.agent",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review",
                        to="tickets.message",
                    ),
                ),
            ],
        ),
    ]
