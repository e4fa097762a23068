"""The addresses of the bell."""

from django.urls import path

from handrail.notifications.views.count import CountView
from handrail.notifications.views.list import ListView
from handrail.notifications.views.reading import ReadingView
from handrail.notifications.views.switches import SwitchesView

app_name = "notifications"
urlpatterns = [
    path("notifications", ListView.as_view(), name="list"),
    path("notifications/count", CountView.as_view(), name="count"),
    path("notifications/reading", ReadingView.as_view(), name="reading"),
    path("settings/notifications", SwitchesView.as_view(), name="switches"),
]
