"""Whoever has a ticket is told of its due date; of dates that are past today nobody is told any more."""

from django.db import migrations, models

PAST = """
    UPDATE tickets_ticket SET due_told = 2
     WHERE due_at <= now() AND status IN ('new', 'open', 'waiting', 'hold')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0027_work_in_bulk_despite_open_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="due_told",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(
                    ("due_at__isnull", False),
                    ("due_told__lt", 2),
                    ("status__in", ("new", "open", "waiting", "hold")),
                ),
                fields=["due_at"],
                name="ticket_to_remind_of",
            ),
        ),
    ]
