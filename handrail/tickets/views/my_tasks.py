"""Tasks across tickets: one's own, and those of a team for who looks after it; and their number."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.team.models import Team
from handrail.tickets import policies
from handrail.tickets.checklists.queries import COUNTED, count_of, in_groups, tasks_of, tasks_of_team


class MyTasksView(AgentView):
    """GET lists one's open tasks by their dates, with `team` those of that team."""

    right = "tickets.note"

    def get(self, request: HttpRequest) -> HttpResponse:
        at, key = clock.now(), request.GET.get("team", "")
        looks_after = policies.may_see_tasks_of_teams(self.agent)
        teams = (
            list(Team.objects.filter(brand__in=self.agent.brand_ids).order_by("name")) if looks_after else []
        )
        team = next((each for each in teams if each.key == key), None)
        if key and team is None:
            raise Http404
        dues = tasks_of_team(team, agent=self.agent) if team else tasks_of(self.agent)
        groups = in_groups(dues, at=at, zone=self.user.timezone)
        return self.page("tickets/tasks/list.html", groups=groups, team=team, tabs=self._tabs(teams, team))

    def _tabs(self, teams: list[Team], here: Team | None) -> list[dict[str, object]]:
        """One's own, and each team's; none for who sees no other than their own."""
        address = reverse("tickets:tasks")
        mine = {"words": _("Mine"), "href": address, "here": here is None}
        others = [
            {"words": each.name, "href": f"{address}?team={each.key}", "here": each == here} for each in teams
        ]
        return [mine, *others] if others else []


class TaskCountView(AgentView):
    """GET answers the number of one's open tasks, as a fragment that keeps itself up to date."""

    right = "tickets.note"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = count_of(self.agent)
        return self.page("tickets/tasks/_count.html", mine=mine, counted=COUNTED, user_id=self.user.pk)
