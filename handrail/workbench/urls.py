"""The addresses of the agents' face."""

from django.urls import path

from handrail.workbench.setup.views import SetUpView
from handrail.workbench.views.home import HomeView
from handrail.workbench.views.inbox import InboxView
from handrail.workbench.views.jump import JumpView
from handrail.workbench.views.news import NewsView
from handrail.workbench.views.taken_away import TakenAwayView

app_name = "workbench"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("setup/<str:secret>", SetUpView.as_view(), name="set-up"),
    path("inbox", InboxView.as_view(), {"key": "mine"}, name="inbox"),
    path("inbox/search", InboxView.as_view(), {"key": "search"}, name="search"),
    path("inbox/jump", JumpView.as_view(), name="jump"),
    path("inbox/<slug:key>", InboxView.as_view(), name="view"),
    path("inbox/<slug:key>/tickets.csv", TakenAwayView.as_view(), name="taken-away"),
    path("inbox/<slug:key>/news", NewsView.as_view(), name="news"),
    path("inbox/<slug:key>/<int:number>", InboxView.as_view(), name="ticket"),
]
