"""The big noun, put together from its traits."""

from handrail.tickets.models.ticket.assigning import Assigning
from handrail.tickets.models.ticket.base import TicketBase
from handrail.tickets.models.ticket.delivering import Delivering
from handrail.tickets.models.ticket.filling import Filling
from handrail.tickets.models.ticket.naming import Naming
from handrail.tickets.models.ticket.noting import Noting
from handrail.tickets.models.ticket.planning import Planning
from handrail.tickets.models.ticket.prioritising import Prioritising
from handrail.tickets.models.ticket.receiving import Receiving
from handrail.tickets.models.ticket.scheduling import DUE_INDEXES, Scheduling
from handrail.tickets.models.ticket.snoozing import Snoozing
from handrail.tickets.models.ticket.staging import Staging
from handrail.tickets.models.ticket.surviving import Surviving
from handrail.tickets.models.ticket.tagging import Tagged
from handrail.tickets.models.ticket.trashing import Trashing


class Ticket(
    Receiving,
    Planning,
    Delivering,
    Noting,
    Assigning,
    Prioritising,
    Naming,
    Scheduling,
    Snoozing,
    Staging,
    Filling,
    Tagged,
    Trashing,
    Surviving,
    TicketBase,
):
    """What somebody asked of us, with everything that was said and done about it."""

    class Meta(TicketBase.Meta):
        abstract = False
        indexes = [*TicketBase.Meta.indexes, *DUE_INDEXES]
