import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_leads_delete_tickets"),
        ("customers", "0002_people_have_fields"),
        ("team", "0001_initial"),
        ("tickets", "0023_drafts_are_shared"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecurringTicket",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("outlet", models.CharField(max_length=40)),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "days"), ("week", "weeks"), ("month", "months"), ("year", "years")],
                        max_length=5,
                    ),
                ),
                ("interval", models.PositiveSmallIntegerField(default=1)),
                ("weekdays", models.JSONField(default=list)),
                ("nth", models.SmallIntegerField(null=True)),
                ("day", models.SmallIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("times", models.PositiveIntegerField(null=True)),
                ("at_time", models.TimeField()),
                ("zone", models.CharField(max_length=50)),
                ("lead_days", models.PositiveSmallIntegerField(default=0)),
                (
                    "make_up",
                    models.CharField(
                        choices=[("all", "One ticket for each"), ("last", "One ticket for the last of them")],
                        default="last",
                        max_length=4,
                    ),
                ),
                ("paused_at", models.DateTimeField(null=True)),
                ("next_on", models.DateField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.brand"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.agent"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.agent"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.person",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recurring",
                        to="tickets.tickettemplate",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="RecurringRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("skipped", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "recurring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="tickets.recurringticket",
                    ),
                ),
            ],
            options={
                "ordering": ("-on",),
            },
        ),
        migrations.AddIndex(
            model_name="recurringticket",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)),
                fields=["next_at"],
                name="recurring_ticket_by_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="recurringticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="recurring_ticket_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="recurringticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("interval__gte", 1)), name="recurring_interval_is_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="recurringticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_at", None),
                    models.Q(("next_on__isnull", False), ("paused_at", None)),
                    _connector="OR",
                ),
                name="recurring_ticket_is_due_for_a_day_and_not_paused",
            ),
        ),
        migrations.AddIndex(
            model_name="recurringrun",
            index=models.Index(
                condition=models.Q(("ticket__isnull", False)),
                fields=["ticket"],
                name="recurring_run_by_ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="recurringrun",
            constraint=models.UniqueConstraint(
                fields=("recurring", "on"), name="recurring_ticket_opens_once_a_day"
            ),
        ),
    ]
