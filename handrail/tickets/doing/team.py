"""Hand the ticket to a team."""

from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.team.models import Agent, Team
from handrail.tickets import policies
from handrail.tickets.doing.action import Action, Change, Unfit
from handrail.tickets.models import Ticket


class MoveTo(Action):
    """To a team of the ticket's brand."""

    key = "team"
    label = gettext_lazy("Move it to a team")
    icon = "users-round"
    policy = policies.may_assign

    def __init__(self, team: Team) -> None:
        self.value, self.team = str(team.pk), team

    @classmethod
    def read(cls, value: str, *, by: Agent) -> Self:
        team = next((each for each in _teams_of(by) if str(each.pk) == value), None)
        if team is None:
            raise Unfit(_("Choose a team from the list."))
        return cls(team)

    @classmethod
    def choices(cls, *, by: Agent) -> list[tuple[str, str]]:
        return [(str(team.pk), f"{team.brand.name}: {team.name}") for team in _teams_of(by)]

    @property
    def words(self) -> str:
        return _("Move it to %(team)s") % {"team": self.team.name}

    def change(self, ticket: Ticket) -> Change | None:
        if ticket.team_id == self.team.pk:
            return None
        self._mind_the_brand(ticket)
        return Change(
            what=_("Team"), was=ticket.team.name if ticket.team else _("no team"), now=self.team.name
        )

    def do(self, ticket: Ticket, *, by: Agent, at: datetime) -> None:
        self._mind_the_brand(ticket)
        ticket.move(self.team, by=by, at=at)

    def _mind_the_brand(self, ticket: Ticket) -> None:
        if ticket.brand_id != self.team.brand_id:
            raise Unfit(_("%(team)s belongs to another brand.") % {"team": self.team.name})


def _teams_of(by: Agent) -> list[Team]:
    teams = Team.objects.filter(brand__in=by.brand_ids).select_related("brand")
    return list(teams.order_by("brand__name", "name"))
