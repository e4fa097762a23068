from django.db import migrations, models
from django.db.models import F, OrderBy


class Migration(migrations.Migration):
    dependencies = [("tickets", "0015_lists_and_counts_have_their_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                OrderBy(F("waiting_since"), nulls_last=True),
                OrderBy(F("updated_at"), descending=True),
                OrderBy(F("id"), descending=True),
                condition=models.Q(("owner", None), ("status__in", ("new", "open", "waiting", "hold"))),
                name="ticket_unowned_by_wait",
            ),
        ),
    ]
