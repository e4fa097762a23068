"""The views every desk starts with: mine, those of my teams, everyone's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.team.models import Agent, Team

#: Tickets that wait for a word from us.
OURS_TO_DO = Q(status__in=["new", "open"])
WAITING = Q(status="waiting")
CLOSED = Q(status="closed")
NOBODYS = OURS_TO_DO & Q(owner=None)


@dataclass(frozen=True, kw_only=True)
class View:
    """A named choice of tickets. counted: whether the number of its tickets is shown beside it.

    latest_first: sorted by the last change instead of by the longest wait.
    """

    key: str
    name: str
    icon: str
    which: Q
    counted: bool = True
    latest_first: bool = False

    @property
    def mine(self) -> bool:
        """Whether all of them have the same owner, so that no row need say it."""
        return self.key.startswith("mine")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Views that stand together under a heading."""

    name: str
    views: tuple[View, ...]


def groups_for(agent: Agent, teams: Iterable[Team]) -> list[Group]:
    """The views of this agent, who works in these teams."""
    return [_mine(agent), *(_team(team) for team in teams), _everyone()]


def find_view(groups: Iterable[Group], key: str) -> View | None:
    """The view with this key, if this agent has it."""
    return next((view for group in groups for view in group.views if view.key == key), None)


def _mine(agent: Agent) -> Group:
    mine = Q(owner=agent)
    return Group(
        name=_("Mine"),
        views=(
            View(key="mine", name=_("My open tickets"), icon="user-round", which=mine & OURS_TO_DO),
            View(key="mine-waiting", name=_("Waiting for them"), icon="hourglass", which=mine & WAITING),
        ),
    )


def _team(team: Team) -> Group:
    ours = Q(team=team)
    key = f"team-{team.key}"
    return Group(
        name=team.name,
        views=(
            View(key=f"{key}-unassigned", name=_("Unassigned"), icon="inbox", which=ours & NOBODYS),
            View(key=f"{key}-open", name=_("Open"), icon="circle-dot", which=ours & OURS_TO_DO),
            View(key=f"{key}-waiting", name=_("Waiting for them"), icon="hourglass", which=ours & WAITING),
        ),
    )


def _everyone() -> Group:
    return Group(
        name=_("Everyone"),
        views=(
            View(key="unassigned", name=_("Unassigned"), icon="inbox", which=NOBODYS),
            View(key="open", name=_("All open"), icon="circle-dot", which=OURS_TO_DO),
            View(key="waiting", name=_("Waiting for them"), icon="hourglass", which=WAITING),
            View(
                key="closed",
                name=_("Recently closed"),
                icon="circle-check",
                which=CLOSED,
                counted=False,
                latest_first=True,
            ),
        ),
    )
