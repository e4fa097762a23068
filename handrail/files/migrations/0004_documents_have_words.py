from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_files_can_be_forgotten")]

    operations = [
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField(blank=True)),
                ("trouble", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
