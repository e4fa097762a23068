"""Who was named in which note becomes a table, filled from the facts; views are grouped by any field."""

import django.db.models.deletion
from django.db import migrations, models

FROM_FACTS = """
INSERT INTO tickets_mention (message_id, agent_id, at)
SELECT DISTINCT ON (message.id, agent.id) message.id, agent.id, fact.at
  FROM events_fact AS fact
  JOIN tickets_message AS message ON message.id = (fact.payload->>'message_id')::uuid
 CROSS JOIN LATERAL jsonb_array_elements_text(fact.payload->'mentioned_ids') AS named (id)
  JOIN team_agent AS agent ON agent.id = named.id::uuid
 WHERE fact.kind = 'tickets.NoteWritten' AND jsonb_array_length(fact.payload->'mentioned_ids') > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_facts"),
        ("team", "0001_initial"),
        ("tickets", "0024_tickets_recur"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        to="team.agent", on_delete=django.db.models.deletion.CASCADE, related_name="+"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        to="tickets.message", on_delete=django.db.models.deletion.CASCADE, related_name="+"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["agent", "message"], name="colleague_is_named_once_in_a_note"
                    )
                ]
            },
        ),
        migrations.RunSQL(FROM_FACTS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="view",
            name="grouping",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
