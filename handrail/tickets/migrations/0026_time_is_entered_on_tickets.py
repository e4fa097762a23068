import django.db.models.deletion
import handrail.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0002_answers_can_need_review"),
        ("tickets", "0026_views_remember_their_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("labels", models.JSONField(default=dict)),
                ("billable", models.BooleanField(default=False)),
                ("hourly_cost", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hourly_cost", None), ("hourly_cost__gte", 0), _connector="OR"),
                        name="activity_costs_nothing_or_more",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("spent_on", models.DateField()),
                ("billable", models.BooleanField(default=False)),
                ("hourly_cost", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("key", models.UUIDField(null=True, unique=True)),
                ("entered_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tickets.activity",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="team.agent",
                    ),
                ),
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
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="time_entries",
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={
                "ordering": ("-spent_on", "-id"),
                "indexes": [
                    models.Index(fields=["ticket"], name="time_entry_by_ticket"),
                    models.Index(
                        condition=models.Q(("home__isnull", False)),
                        fields=["home"],
                        name="time_entry_by_home",
                    ),
                    models.Index(
                        condition=models.Q(("removed_at", None)),
                        fields=["spent_on"],
                        name="time_entry_by_day",
                    ),
                    models.Index(fields=["agent", "spent_on"], name="time_entry_by_agent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 1440))),
                        name="time_entry_is_a_minute_to_a_day",
                    )
                ],
            },
        ),
    ]
