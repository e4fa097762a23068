from django.db import migrations, models
from django.db.models import F, OrderBy


class Migration(migrations.Migration):
    dependencies = [("tickets", "0020_drafts_hold_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                F("status"),
                OrderBy(F("waiting_since"), nulls_last=True),
                OrderBy(F("updated_at"), descending=True),
                OrderBy(F("id"), descending=True),
                condition=models.Q(("status__in", ["waiting", "hold"])),
                name="ticket_idle_by_wait",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["-updated_at", "-id"],
                condition=models.Q(("status__in", ["solved", "closed"])),
                name="ticket_over_by_change",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["status", "-updated_at"],
                condition=models.Q(("status__in", ["merged", "spam"])),
                name="ticket_aside_by_change",
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_by_status"),
    ]
