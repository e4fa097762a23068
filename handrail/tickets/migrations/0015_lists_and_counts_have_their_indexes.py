from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0014_views_by_when_tickets_come_back")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status__in", ("new", "open", "waiting", "hold"))),
                fields=["brand", "owner", "team", "status"],
                name="ticket_live_by_heap",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["-updated_at", "-id"], name="ticket_by_change"),
        ),
    ]
