"""The addresses of this room."""

from django.urls import path

from handrail.team.views.colleague import (
    ColleagueView,
    FactorsRemovalView,
    InvitationView,
    RestorationView,
    SuspensionView,
)
from handrail.team.views.colleagues import ColleaguesView
from handrail.team.views.teams import TeamsView, TeamView

app_name = "team"
_ONE = "settings/colleagues/<uuid:agent>"
urlpatterns = [
    path("settings/colleagues", ColleaguesView.as_view(), name="colleagues"),
    path(_ONE, ColleagueView.as_view(), name="colleague"),
    path(f"{_ONE}/suspension", SuspensionView.as_view(), name="suspension"),
    path(f"{_ONE}/restoration", RestorationView.as_view(), name="restoration"),
    path(f"{_ONE}/factors-removal", FactorsRemovalView.as_view(), name="factors-removal"),
    path(f"{_ONE}/invitation", InvitationView.as_view(), name="invitation"),
    path("settings/teams", TeamsView.as_view(), name="teams"),
    path("settings/teams/<slug:key>", TeamView.as_view(), name="team"),
]
