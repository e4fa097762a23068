"""The room of mail."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "handrail.channels.email"
    label = "channels_email"
