from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words_are_counted")]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("whose", models.UUIDField()),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("whose", "words"), name="search_is_remembered_once")
                ],
            },
        ),
    ]
