"""What lies in the trash, for those who may bring it back."""

from django.db.models import QuerySet

from handrail.team.models import Agent
from handrail.tickets.models import Message, Ticket

PAGE = 50
#: So many of the newest messages are shown of a deleted ticket.
READ = 30
#: Nobody turns pages further than this.
FURTHEST = 10_000


def trash_of(agent: Agent, *, page: int = 1) -> list[Ticket]:
    """One page, what was deleted last first, and one more when there are further ones; one query."""
    start = (min(max(page, 1), FURTHEST) - 1) * PAGE
    return list(_rows(agent).order_by("-deletion__at", "-id")[start : start + PAGE + 1])


def trashed(number: int, *, agent: Agent) -> Ticket | None:
    """The deleted ticket with this number, if this agent may bring it back."""
    return _rows(agent).filter(number=number).first()


def offered_back(given: str, *, agent: Agent) -> int | None:
    """The number that an address names as just deleted, when this agent may bring that ticket back."""
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        return None
    return int(given) if trashed(int(given), agent=agent) else None


def last_words(ticket: Ticket) -> list[Message]:
    """What was said on it last, oldest first."""
    rows = Message.objects.filter(ticket=ticket.pk).select_related("agent", "person")
    return list(rows.defer("html", "extras").order_by("-id")[:READ])[::-1]


def _rows(agent: Agent) -> "QuerySet[Ticket]":
    """A ticket that was merged into another lies there with that one, and is not shown by itself."""
    rows: QuerySet[Ticket] = Ticket.objects.in_trash_of(agent).filter(deletion__along_with=None)
    return rows.select_related("deletion__by", "requester", "brand", "team", "owner")
