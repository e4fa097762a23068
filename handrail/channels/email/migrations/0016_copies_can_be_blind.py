from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0015_mails_can_be_purged"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="blind",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("blind", False), ("copied", True), _connector="OR"),
                name="blind_is_a_copy",
            ),
        ),
    ]
