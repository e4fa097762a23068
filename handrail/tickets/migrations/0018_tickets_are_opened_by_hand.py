import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_files_are_scanned"),
        ("team", "0001_initial"),
        ("tickets", "0017_live_tickets_are_tallied"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("digest", models.CharField(max_length=64)),
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
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening",
                        to="tickets.ticket",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningDraft",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("typed", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="team.agent"
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, related_name="+", to="files.storedfile")),
            ],
        ),
    ]
