import django.db.models.deletion
from django.db import migrations, models

import handrail.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_leads_write_ticket_templates"),
        ("team", "0001_initial"),
        ("tickets", "0021_lists_of_each_state_have_their_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="TicketTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("way", models.CharField(max_length=20)),
                ("mode", models.CharField(max_length=4)),
                ("subject", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("actions", models.JSONField(default=list)),
                ("fields", models.JSONField(default=dict)),
                ("retired_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "brand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.brand",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="team.agent",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="team.team",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="opening",
            name="template",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tickets.tickettemplate",
            ),
        ),
        migrations.AddConstraint(
            model_name="tickettemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="ticket_template_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="tickettemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", None), ("team", None), _connector="OR"),
                name="ticket_template_is_a_persons_or_a_teams",
            ),
        ),
    ]
