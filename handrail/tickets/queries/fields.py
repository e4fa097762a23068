"""A ticket's custom fields as its page shows them."""

from collections.abc import Mapping
from uuid import UUID

from handrail.accounts.models.role import EVERYTHING
from handrail.fields.field import Field, Noun
from handrail.fields.forming import Circumstances, is_for
from handrail.fields.queries import setup_of
from handrail.fields.showing import FieldPanel, panel_of
from handrail.team.models import Agent
from handrail.tickets.circumstances import circumstances_of
from handrail.tickets.queries.shown import Shown
from handrail.tickets.stages import Stage

__all__ = ["FieldPanel", "field_panel", "told_fields"]


def field_panel(ticket: Shown, stage: Stage, *, agent: Agent, edition: UUID | None) -> FieldPanel:
    """What is filled in, and what must be; no query unless a field points at something."""
    asking = circumstances_of(ticket, stage, by=agent)
    return panel_of(setup_of(Noun.TICKET, edition=edition), ticket.fields, asking, viewer=agent.user)


def told_fields(agent: Agent) -> Mapping[str, Field]:
    """The fields whose changes this agent may know of, by key."""
    role = agent.user.role
    asking = Circumstances(role=role.key, sees_all=EVERYTHING in role.rights)
    return {each.key: each for each in setup_of(Noun.TICKET).fields if is_for(each, asking)}
