from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0033_drafts_know_their_readers"),
    ]

    operations = [
        migrations.AddField(
            model_name="shareddraft",
            name="copies",
            field=models.JSONField(null=True),
        ),
    ]
