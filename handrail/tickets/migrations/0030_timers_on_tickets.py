import django.db.models.deletion
import handrail.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0002_answers_can_need_review"),
        ("tickets", "0029_recurring_tickets_mind_days_off"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stopwatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("runs_since", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="team.agent"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seconds__gte", 0)), name="stopwatch_never_runs_back"
                    )
                ],
            },
        ),
    ]
