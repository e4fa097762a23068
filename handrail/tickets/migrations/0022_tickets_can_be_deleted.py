import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import handrail.kit.ids

LIVE, DONE = ["new", "open", "waiting", "hold"], ["solved", "closed", "merged", "spam"]


class Migration(migrations.Migration):
    dependencies = [("tickets", "0021_tickets_begin_with_templates"), ("team", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="ticket", name="ticket_status_is_known"),
        migrations.RemoveConstraint(model_name="ticket", name="merged_ticket_says_where_it_went"),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=Q(status__in=[*LIVE, *DONE, "deleted"]), name="ticket_status_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | Q(status="deleted")
                | ~Q(status__in=["merged", "deleted"]) & Q(merged_into=None),
                name="merged_ticket_says_where_it_went",
            ),
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        primary_key=True, default=handrail.kit.ids.uuid7, editable=False, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("status", models.CharField(max_length=10)),
                ("waiting_since", models.DateTimeField(null=True)),
                (
                    "along_with",
                    models.ForeignKey(
                        to="tickets.ticket",
                        on_delete=django.db.models.deletion.CASCADE,
                        null=True,
                        related_name="+",
                        db_index=False,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        to="team.agent",
                        on_delete=django.db.models.deletion.PROTECT,
                        null=True,
                        related_name="+",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        to="tickets.status",
                        on_delete=django.db.models.deletion.PROTECT,
                        null=True,
                        related_name="+",
                        db_index=False,
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        to="tickets.ticket",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deletion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], condition=Q(along_with=None), name="deletion_by_moment"),
                    models.Index(
                        fields=["along_with"],
                        condition=Q(along_with__isnull=False),
                        name="deletion_by_survivor",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=~Q(reason=""), name="deletion_has_a_reason"),
                    models.CheckConstraint(
                        condition=~Q(along_with=F("ticket")), name="ticket_goes_not_with_itself"
                    ),
                ],
            },
        ),
    ]
