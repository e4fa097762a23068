"""The addresses of the agents' face."""

from django.urls import path

from handrail.workbench.setup.views import SetUpView
from handrail.workbench.views.articles import ArticlesView, ArticleView
from handrail.workbench.views.board import MoveView
from handrail.workbench.views.counts import CountsView
from handrail.workbench.views.home import HomeView
from handrail.workbench.views.inbox import InboxView
from handrail.workbench.views.jump import JumpView
from handrail.workbench.views.news import NewsView
from handrail.workbench.views.place import PlaceView
from handrail.workbench.views.proposals import ProposalsView
from handrail.workbench.views.saved import (
    ArrangementView,
    CopyView,
    NewViewView,
    RestorationView,
    SavedViewsView,
    SavedViewView,
)
from handrail.workbench.views.sum import SumView
from handrail.workbench.views.taken_away import TakenAwayView

app_name = "workbench"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("setup/<str:secret>", SetUpView.as_view(), name="set-up"),
    path("tickets/<int:number>/articles", ArticlesView.as_view(), name="ticket-articles"),
    path("tickets/<int:number>/articles/<int:article>", ArticleView.as_view(), name="ticket-article"),
    path("inbox", InboxView.as_view(), {"key": "mine"}, name="inbox"),
    path("inbox/search", InboxView.as_view(), {"key": "search"}, name="search"),
    path("inbox/jump", JumpView.as_view(), name="jump"),
    path("inbox/proposals", ProposalsView.as_view(), name="proposals"),
    path("inbox/views", SavedViewsView.as_view(), name="views"),
    path("inbox/views/new", NewViewView.as_view(), name="new-view"),
    path("inbox/views/<slug:key>", SavedViewView.as_view(), name="saved-view"),
    path("inbox/views/<slug:key>/copy", CopyView.as_view(), name="view-copy"),
    path("inbox/views/<slug:key>/restoration", RestorationView.as_view(), name="view-restoration"),
    path("inbox/views/<slug:key>/arrangement", ArrangementView.as_view(), name="arrangement"),
    path("inbox/<slug:key>/counts", CountsView.as_view(), name="counts"),
    path("inbox/<slug:key>/sum", SumView.as_view(), name="sum"),
    path("inbox/<slug:key>", InboxView.as_view(), name="view"),
    path("inbox/<slug:key>/tickets.csv", TakenAwayView.as_view(), name="taken-away"),
    path("inbox/<slug:key>/news", NewsView.as_view(), name="news"),
    path("inbox/<slug:key>/<int:number>/place", PlaceView.as_view(), name="place"),
    path("inbox/<slug:key>/<int:number>/move", MoveView.as_view(), name="move"),
    path("inbox/<slug:key>/<int:number>", InboxView.as_view(), name="ticket"),
]
