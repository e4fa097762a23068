"""Loads every room's events and receivers once all models exist."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "handrail.events"
    label = "events"

    def ready(self) -> None:
        autodiscover_modules("events", "receivers", "jobs", "drains")
