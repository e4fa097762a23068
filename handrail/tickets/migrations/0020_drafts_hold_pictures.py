"""A draft remembers which of its files were brought for a place in its text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0019_checklists_and_due_dates")]

    operations = [
        migrations.AddField(
            model_name="draft", name="inline", field=models.JSONField(db_default=[], default=list)
        ),
    ]
