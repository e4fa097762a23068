"""The room of the people who write to us."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "handrail.customers"
    label = "customers"
