"""The inbox as one agent sees it at this moment: views with counts, a list, perhaps an opened ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from handrail.team.models import Agent
from handrail.team.queries import teams_of
from handrail.tickets.models import Ticket
from handrail.tickets.queries import (
    Filters,
    Group,
    Page,
    Row,
    View,
    condition,
    counts_of,
    everything,
    find_view,
    groups_for,
    page_of,
    rows_of,
)

#: More touched tickets at once are not looked at one by one: the list is simply old.
NEWS_AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The views of an agent with their counts, and the one that is open."""

    groups: list[Group]
    counts: dict[str, int]
    view: View
    topics: str


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened to touched tickets: rows that are on the screen, and how many came that are not.

    gone: the numbers of those on the screen that belong to the view no longer.
    """

    changed: list[Row]
    gone: set[int]
    arrived: int


def shelf_for(agent: Agent, key: str) -> Shelf | None:
    """The views and which of them is open; None when this agent has no such view."""
    groups = groups_for(teams_of(agent))
    view = _view_in(groups, key)
    if view is None:
        return None
    return Shelf(groups=groups, counts=counts_of(groups, agent=agent), view=view, topics=topics_of(agent))


def view_for(agent: Agent, key: str) -> View | None:
    """The view with this key; None when this agent has no such view."""
    return _view_in(groups_for(teams_of(agent)), key)


def _view_in(groups: list[Group], key: str) -> View | None:
    return everything() if key == "search" else find_view(groups, key)


def rows_in(view: View, *, filters: Filters, agent: Agent, after: str) -> Page:
    """The rows of a view; a search without words and filters shows nothing."""
    if view.key == "search" and not filters.chosen:
        return Page(rows=[], after=None)
    return page_of(view, filters=filters, agent=agent, after=after)


def news_for(
    view: View, *, filters: Filters, agent: Agent, touched: Iterable[int], shown: Iterable[int]
) -> News:
    """What became of the touched tickets. Those on the screen come as rows, wherever they belong now."""
    touched, shown = set(list(touched)[:NEWS_AT_MOST]), set(shown)
    visible = Ticket.objects.visible_to(agent)
    changed = rows_of(visible.filter(number__in=touched & shown), agent=agent)
    belongs = condition(view.kind, agent_id=agent.pk, team_id=view.team_id)
    here = set(
        visible.filter(belongs, filters.condition, number__in=touched).values_list("number", flat=True)
    )
    return News(changed=changed, gone={row.number for row in changed} - here, arrived=len(here - shown))


def topics_of(agent: Agent) -> str:
    """What the inbox listens to: the brands of somebody who sees everything, else their teams."""
    kinds: tuple[str, list[UUID]]
    kinds = ("brand", agent.brand_ids) if agent.may("tickets.see_all") else ("team", agent.team_ids)
    return ", ".join(f"{kinds[0]}:{key} list" for key in kinds[1])
