"""The room of the full-text index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "handrail.search"
    label = "search"
