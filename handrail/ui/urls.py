"""The live page of every component, for developers."""

from django.urls import path

from handrail.ui.views import components

app_name = "ui"
urlpatterns = [
    path("ui", components.components, name="components"),
    path("ui/<slug:name>", components.layout, name="layout"),
]
