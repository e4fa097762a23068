"""The agents' face."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "handrail.workbench"
    label = "workbench"
