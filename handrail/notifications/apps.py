"""The room that tells colleagues."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "handrail.notifications"
    label = "notifications"
