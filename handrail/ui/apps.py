"""The Django app of the design system."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layouts, components, icons, navigation and the command bar."""

    name = "handrail.ui"
    label = "ui"
