from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0012_invitations_are_answered"),
    ]

    operations = [
        migrations.AddField(
            model_name="emailaccount",
            name="copies",
            field=models.CharField(
                choices=[
                    ("own", "A ticket each, tied together"),
                    ("shared", "One ticket, of the mailbox that got it first"),
                ],
                db_default="own",
                default="own",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="emailaccount",
            name="trusts_forwards",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
