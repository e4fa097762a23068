"""Due dates of tickets are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0007_answers_are_reviewed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mute",
            name="kind",
            field=models.CharField(
                choices=[
                    ("wrote-again", "A customer writes again on a ticket of mine"),
                    ("assigned", "A colleague or a rule gives me a ticket"),
                    ("woke", "A ticket that I put away, or that is mine, comes back"),
                    ("mentioned", "A colleague names me in a note"),
                    ("undelivered", "A reply of mine does not arrive"),
                    ("task-given", "A colleague gives me a task"),
                    ("task-due", "A task of mine is due"),
                    ("ticket-due", "A ticket of mine, or one of my team that is nobody’s, is due"),
                    ("not-done", "A recurring ticket of mine is not done when the next one comes"),
                    ("not-made", "A recurring ticket of mine is not made as its template says"),
                    ("overtaken", "A customer writes before a reply that I planned has left"),
                    ("review-asked", "A colleague asks me to read an answer before it leaves"),
                    ("reviewed", "An answer of mine was read: it left, or came back"),
                    ("phishing", "A mail shows signs of deceit (for who looks after mailboxes)"),
                    ("mail-trouble", "Mail cannot come in or leave (for who looks after mail)"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("wrote-again", "A customer writes again on a ticket of mine"),
                    ("assigned", "A colleague or a rule gives me a ticket"),
                    ("woke", "A ticket that I put away, or that is mine, comes back"),
                    ("mentioned", "A colleague names me in a note"),
                    ("undelivered", "A reply of mine does not arrive"),
                    ("task-given", "A colleague gives me a task"),
                    ("task-due", "A task of mine is due"),
                    ("ticket-due", "A ticket of mine, or one of my team that is nobody’s, is due"),
                    ("not-done", "A recurring ticket of mine is not done when the next one comes"),
                    ("not-made", "A recurring ticket of mine is not made as its template says"),
                    ("overtaken", "A customer writes before a reply that I planned has left"),
                    ("review-asked", "A colleague asks me to read an answer before it leaves"),
                    ("reviewed", "An answer of mine was read: it left, or came back"),
                    ("phishing", "A mail shows signs of deceit (for who looks after mailboxes)"),
                    ("mail-trouble", "Mail cannot come in or leave (for who looks after mail)"),
                ],
                max_length=20,
            ),
        ),
    ]
