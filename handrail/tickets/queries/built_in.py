"""The views every desk starts with: mine, those of my teams, everyone's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.search.language import Malformed, SortKey
from handrail.team.models import Agent, Team
from handrail.tickets.models import View as SavedView
from handrail.tickets.queries.asking import mentioned

#: Tickets that wait for a word from us.
OURS_TO_DO = Q(status__in=["new", "open"])
WAITING = Q(status="waiting")
ON_HOLD = Q(status="hold")
NOBODYS = OURS_TO_DO & Q(owner=None)


@dataclass(frozen=True, slots=True)
class Known:
    """What was counted last of a view; see `ViewCount`."""

    number: int | None
    eyes: str
    took: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class View:
    """A named choice of tickets. kind: what decides which; team_id: of a team's view, whose.

    counted: whether the number of its tickets is shown beside it. latest_first: sorted by the last change
    instead of by the longest wait. text: what it asks for, in the language of filters.

    Of a saved view: condition is what it asks for, sort, shape, grouping, dated_by and columns how it is
    shown, saved the row behind it, known what was counted when somebody last looked, wrong why it cannot be
    understood any more.
    """

    key: str
    name: str
    icon: str
    kind: str
    team_id: UUID | None = None
    counted: bool = True
    latest_first: bool = False
    text: str = ""
    condition: Q | None = None
    sort: tuple[SortKey, ...] = ()
    shape: str = "list"
    grouping: str = ""
    dated_by: str = ""
    columns: tuple[str, ...] = ()
    saved: SavedView | None = None
    pinned: bool = False
    known: Known | None = None
    wrong: Malformed | None = None

    @property
    def asked(self) -> bool:
        """Whether it says in the language of filters what belongs to it."""
        return self.condition is not None

    @property
    def mine(self) -> bool:
        """Whether all of them have the same owner, so that no row need say it."""
        return self.kind.startswith("mine")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Views under one heading. kind: mine | team | everyone; team_id: of a team's, whose."""

    name: str
    views: tuple[View, ...]
    kind: str = "mine"
    team_id: UUID | None = None


def condition(kind: str, *, agent_id: UUID, team_id: UUID | None) -> Q:
    """Which tickets belong to a view of this kind. The ids may be stand-ins."""
    if kind == "mentions":
        return mentioned(agent_id)
    whose, _, what = kind.rpartition("-")
    state = _STATES[what]
    if whose == "mine":
        return Q(owner=agent_id) & state
    return Q(team=team_id) & state if whose == "team" else state


#: What the last word of a kind asks for.
_STATES = {
    "all": Q(),
    "unassigned": NOBODYS,
    "open": OURS_TO_DO,
    "waiting": WAITING,
    "hold": ON_HOLD,
    "closed": Q(status__in=["solved", "closed"]),
}


def condition_of(view: View, *, agent: Agent) -> Q:
    """Which tickets belong to this view when this agent looks."""
    if view.condition is not None:
        return view.condition
    return condition(view.kind, agent_id=agent.pk, team_id=view.team_id)


def groups_for(teams: Iterable[Team]) -> list[Group]:
    """The views of an agent who works in these teams."""
    return [_mine(), *(_team(team) for team in teams), _everyone()]


def find_view(groups: Iterable[Group], key: str) -> View | None:
    """The view with this key, if this agent has it."""
    return next((view for group in groups for view in group.views if view.key == key), None)


def everything() -> View:
    """Every ticket an agent may see, in whatever state; what a search looks through."""
    return View(key="search", name=_("Search"), icon="search", kind="all", counted=False, latest_first=True)


def _mine() -> Group:
    views = (
        View(
            key="mine",
            kind="mine-open",
            text="status:new,open owner:me",
            name=_("My open tickets"),
            icon="user-round",
        ),
        View(
            key="mine-waiting",
            kind="mine-waiting",
            text="status:waiting owner:me",
            name=_("Waiting for them"),
            icon="hourglass",
        ),
        View(
            key="mine-hold",
            kind="mine-hold",
            text="status:hold owner:me",
            name=_("On hold"),
            icon="circle-pause",
        ),
        View(
            key="mentions",
            kind="mentions",
            text="mentions:me",
            name=_("Mentions"),
            icon="at-sign",
            counted=False,
            latest_first=True,
        ),
    )
    return Group(name=_("Mine"), views=views)


def _team(team: Team) -> Group:
    def view(kind: str, name: str, icon: str, text: str) -> View:
        key, text = f"team-{team.key}-{kind}", f"{text} team:{team.key}"
        return View(key=key, kind=f"team-{kind}", name=name, icon=icon, team_id=team.pk, text=text)

    views = (
        view("unassigned", _("Unassigned"), "inbox", "status:new,open owner:nobody"),
        view("open", _("Open"), "circle-dot", "status:new,open"),
        view("waiting", _("Waiting for them"), "hourglass", "status:waiting"),
    )
    return Group(name=team.name, views=views, kind="team", team_id=team.pk)


def _everyone() -> Group:
    views = (
        View(
            key="unassigned",
            kind="unassigned",
            text="status:new,open owner:nobody",
            name=_("Unassigned"),
            icon="inbox",
        ),
        View(key="open", kind="open", text="status:new,open", name=_("All open"), icon="circle-dot"),
        View(
            key="waiting", kind="waiting", text="status:waiting", name=_("Waiting for them"), icon="hourglass"
        ),
        View(key="hold", kind="hold", text="status:hold", name=_("On hold"), icon="circle-pause"),
        View(
            key="closed",
            kind="closed",
            text="status:solved,closed",
            name=_("Recently closed"),
            icon="circle-check",
            counted=False,
            latest_first=True,
        ),
    )
    return Group(name=_("Everyone"), views=views, kind="everyone")
