"""The inbox as one agent sees it at this moment: views with counts, a list, perhaps an opened ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.search.language import Question, all_of, parse, text_of
from handrail.team.models import Agent
from handrail.team.queries import teams_of
from handrail.tickets.models import Ticket
from handrail.tickets.models import View as SavedView
from handrail.tickets.queries import (
    Filters,
    Group,
    Page,
    Row,
    View,
    belonging,
    counts_of,
    everything,
    find_view,
    groups_for,
    page_of,
    rows_of,
    saved_views,
    with_saved,
)
from handrail.tickets.queries.facets import Facet, facets_of, grouped, headings_of

#: More touched tickets at once are not looked at one by one: the list is simply old.
NEWS_AT_MOST = 200
#: How the addresses of saved views begin.
SAVED = "v-"


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The views of an agent with their counts, and the one that is open."""

    groups: list[Group]
    counts: dict[str, int]
    #: Views whose number is to be counted anew, after the page.
    old: tuple[View, ...] = ()
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
    facets: dict[UUID, list[Facet]]


def shelf_for(agent: Agent, key: str, *, at: datetime) -> Shelf | None:
    """The views and which of them is open; None when this agent has no such view."""
    groups, saved = groups_for(teams_of(agent)), saved_views(agent, at=at)
    view = _view_in(groups, saved, key)
    if view is None:
        return None
    groups = with_saved(groups, saved)
    counts = counts_of(groups, agent=agent, at=at)
    return Shelf(groups=groups, counts=counts.numbers, old=counts.old, view=view, topics=topics_of(agent))


def view_for(agent: Agent, key: str, *, at: datetime) -> View | None:
    """The view with this key; None when this agent has no such view."""
    saved = saved_views(agent, at=at) if key.startswith(SAVED) else []
    return _view_in(groups_for(teams_of(agent)), saved, key)


def saved_row(agent: Agent, key: str, *, deleted: bool = False) -> SavedView | None:
    """The row behind a saved view that this agent sees, or may bring back."""
    key_id = SavedView.id_of(key) if key.startswith(SAVED) else None
    if key_id is None:
        return None
    rows = SavedView.objects.deleted_by(agent) if deleted else SavedView.objects.visible_to(agent)
    return rows.select_related("owner__user", "team").filter(pk=key_id).first()


def _view_in(groups: list[Group], saved: list[View], key: str) -> View | None:
    if key.startswith(SAVED):
        return next((view for view in saved if view.key == key), None)
    return everything() if key == "search" else find_view(groups, key)


def rows_in(view: View, *, filters: Filters, agent: Agent, after: str) -> Page:
    """The rows of a view; a search without words and filters shows nothing."""
    if view.key == "search" and filters.question.asks_nothing:
        return Page(rows=[], after=None)
    return page_of(view, filters=filters, agent=agent, after=after)


def news_for(
    view: View, *, filters: Filters, agent: Agent, touched: Iterable[int], shown: Iterable[int]
) -> News:
    """What became of the touched tickets. Those on the screen come as rows, wherever they belong now."""
    touched, shown = set(list(touched)[:NEWS_AT_MOST]), set(shown)
    if not touched:
        return News(changed=[], gone=set(), arrived=0, facets={})
    visible = Ticket.objects.visible_to(agent)
    changed = rows_of(visible.filter(number__in=touched & shown), agent=agent)
    tickets = belonging(view, filters=filters, agent=agent).filter(number__in=touched)
    here = set(tickets.values_list("number", flat=True))
    return News(
        changed=changed,
        gone={row.number for row in changed} - here,
        arrived=len(here - shown),
        facets=facets_of(changed, view.columns, agent=agent),
    )


def under_headings(rows: list[Row], view: View, *, agent: Agent) -> list[tuple[str, list[Row]]]:
    """The rows as the view groups them; one group without a heading when it does not."""
    if not view.grouping:
        return [("", rows)]
    return grouped(rows, headings_of(rows, view.grouping, agent=agent))


def whole_question(view: View, filters: Filters) -> str:
    """What the list shows, as one question: what the view asks, and what it was narrowed by."""
    if filters.wrong or view.wrong:
        return ""
    return text_of(Question(tree=all_of([parse(view.text).tree, filters.question.tree])))


def topics_of(agent: Agent) -> str:
    """What the inbox listens to: the brands of somebody who sees everything, else their teams."""
    kinds: tuple[str, list[UUID]]
    kinds = ("brand", agent.brand_ids) if agent.may("tickets.see_all") else ("team", agent.team_ids)
    return ", ".join(f"{kinds[0]}:{key} list" for key in kinds[1])
