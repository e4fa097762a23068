from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0016_copies_can_be_blind"),
    ]

    operations = [
        migrations.AddField(
            model_name="emailaccount",
            name="reopens_for_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
