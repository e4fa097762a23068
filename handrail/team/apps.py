"""The room of the people who answer."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "handrail.team"
    label = "team"
