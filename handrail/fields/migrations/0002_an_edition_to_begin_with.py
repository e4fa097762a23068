"""The row that every change replaces the token of; without it nothing could be kept from request to request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fields", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO fields_edition (id, token) VALUES (1, gen_random_uuid()) ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        )
    ]
