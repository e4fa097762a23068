"""Who may be told live that something changed."""

from handrail.events.live.gates import Viewer
from handrail.kit.ids import uuid_or_none
from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.models.bulk import BulkOrder
from handrail.tickets.models.categories import TRASHED


def may_watch_ticket(viewer: Viewer, key: str) -> bool:
    """An agent who may see the ticket, or the customer who asked."""
    ticket_id = uuid_or_none(key)
    if ticket_id is None:
        return False
    if (agent := _agent(viewer)) is not None:
        return Ticket.objects.visible_to(agent).filter(pk=ticket_id).exists()
    mine = Ticket.objects.filter(pk=ticket_id, requester__user_id=viewer.user_id)
    return mine.exclude(status=TRASHED).exists()


def may_watch_brand(viewer: Viewer, key: str) -> bool:
    """An agent of the brand who may see all of its tickets."""
    agent = _agent(viewer)
    return agent is not None and agent.may("tickets.see_all") and uuid_or_none(key) in agent.brand_ids


def may_watch_team(viewer: Viewer, key: str) -> bool:
    """A member of the team."""
    agent = _agent(viewer)
    return agent is not None and agent.may("tickets.see_team") and uuid_or_none(key) in agent.team_ids


def may_watch_bulk(viewer: Viewer, key: str) -> bool:
    """Whose order it is."""
    agent, order_id = _agent(viewer), uuid_or_none(key)
    return (
        agent is not None
        and order_id is not None
        and BulkOrder.objects.filter(pk=order_id, by=agent).exists()
    )


def _agent(viewer: Viewer) -> Agent | None:
    agents = Agent.objects.select_related("user__role").filter(user__is_active=True)
    return agents.filter(user_id=viewer.user_id).first()
