"""The room of stored files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "handrail.files"
    label = "files"
