"""The room of days off."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "handrail.calendars"
    label = "calendars"
