from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_email", "0010_senders_have_a_pace"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailhook",
            name="sealed_api_key",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="mailhook",
            name="provider",
            field=models.CharField(
                choices=[
                    ("amazon_ses", "Amazon SES"),
                    ("brevo", "Brevo"),
                    ("mailersend", "MailerSend"),
                    ("mailgun", "Mailgun"),
                    ("mailjet", "Mailjet"),
                    ("mailtrap", "Mailtrap"),
                    ("mandrill", "Mandrill"),
                    ("postal", "Postal"),
                    ("postmark", "Postmark"),
                    ("resend", "Resend"),
                    ("sendgrid", "SendGrid"),
                    ("sparkpost", "SparkPost"),
                    ("unisender_go", "Unisender Go"),
                ],
                max_length=20,
            ),
        ),
    ]
