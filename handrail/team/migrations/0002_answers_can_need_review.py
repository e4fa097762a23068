"""Answers of a colleague can be read by somebody before they leave."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("team", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="answers_need_review",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
