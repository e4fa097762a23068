from django.db import migrations, models

KINDS = [
    ("wrote-again", "A customer writes again on a ticket of mine"),
    ("assigned", "A colleague or a rule gives me a ticket"),
    ("mentioned", "A colleague names me in a note"),
    ("undelivered", "A reply of mine does not arrive"),
    ("overtaken", "A customer writes before a reply that I planned has left"),
    ("phishing", "A mail shows signs of deceit (for who looks after mailboxes)"),
    ("mail-trouble", "Mail cannot come in or leave (for who looks after mail)"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_trouble_with_mail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mute",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
    ]
