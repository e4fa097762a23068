from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_files_are_scanned")]

    operations = [
        migrations.CreateModel(
            name="Leftover",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
