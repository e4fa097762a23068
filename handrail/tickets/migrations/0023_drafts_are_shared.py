"""Drafts can be shared, with the words that are kept beside them."""

import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_files_can_be_forgotten"),
        ("team", "0001_initial"),
        ("tickets", "0022_tickets_can_be_deleted"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mode", models.CharField(choices=[("reply", "reply"), ("note", "note")], max_length=5)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("inline", models.JSONField(default=list)),
                ("struck", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("shared_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("order", models.JSONField(default=dict)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.agent"
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, related_name="+", to="files.storedfile")),
                (
                    "home",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "macro",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tickets.macro",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_drafts",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="team.agent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[("saved", "saved"), ("replaced", "replaced"), ("asked", "asked")],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
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
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to="tickets.shareddraft",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="shareddraft",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", False)), fields=["asked_at"], name="answers_to_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="shareddraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_at", None), ("mode", "reply"), _connector="OR"),
                name="only_answers_wait_for_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(fields=("draft", "by", "why"), name="variant_is_one_each"),
        ),
    ]
