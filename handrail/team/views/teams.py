"""The teams: which there are, and what they are called."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team import queries
from handrail.team.access import AgentView
from handrail.team.forms import NewTeamForm, TeamForm
from handrail.team.models import Team


class TeamsView(AgentView):
    """GET lists the teams, POST makes one."""

    right = "accounts.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewTeamForm(giver=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewTeamForm(request.POST, giver=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        team = Team.found(by=self.user, at=clock.now(), **form.wish())
        messages.success(request, _("The team “%(name)s” is made.") % {"name": team.name})
        return self.go("team:teams")

    def _show(self, form: NewTeamForm, *, status: int = 200) -> HttpResponse:
        teams = queries.teams_with_sizes(self.agent)
        return self.page("team/teams/list.html", form=form, teams=teams, status=status)


class TeamView(AgentView):
    """GET shows a team and its people, POST renames it."""

    right = "accounts.manage"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        team = self._load(key)
        return self._show(team, TeamForm(initial={"name": team.name}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        team, form = self._load(key), TeamForm(request.POST)
        if not form.is_valid():
            return self._show(team, form, status=422)
        team.rename(form.cleaned_data["name"], by=self.user, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("team:team", key=team.key)

    def _load(self, key: str) -> Team:
        team = queries.teams_with_sizes(self.agent).filter(key=key).first()
        if team is None:
            raise Http404
        return team

    def _show(self, team: Team, form: TeamForm, *, status: int = 200) -> HttpResponse:
        people = team.agents.visible_to(self.agent).select_related("user")
        return self.page("team/teams/edit.html", team=team, form=form, people=people, status=status)
