from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0032_answers_have_blind_copies"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="copies",
            field=models.JSONField(null=True),
        ),
    ]
