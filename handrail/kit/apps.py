"""The kit as a Django app, so that its database functions have migrations."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "handrail.kit"
    label = "kit"
