from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0026_time_is_entered_on_tickets"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkorder",
            name="despite",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
