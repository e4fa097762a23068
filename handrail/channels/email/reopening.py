"""What an answer to a ticket that ended does: it opens it again, or, later than the mailbox says, a new one.

The new ticket is tied to the one that ended. Who goes on answering the old mail is heard on the new one.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from handrail.channels.email.models import EmailAccount
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Link, Message, Ticket
from handrail.tickets.models.categories import Category

#: Ends that an answer may come too late for; of a merged ticket the survivor counts.
ENDS = (Category.SOLVED, Category.CLOSED)
#: So many tickets that followed each other are looked at.
LOOKED_ON = 20


def heir_of(ticket: Ticket, inbound: Inbound, *, account: EmailAccount, at: datetime) -> tuple[Ticket, bool]:
    """Where an answer to this ticket belongs: there, or on one that followed it; and whether it is too late.

    A robot's word opens nothing, so it is never too late. Too late: it opens a ticket that follows this one.
    """
    days = account.reopens_for_days
    if days is None or inbound.automatic in Message.ROBOTS:
        return ticket, False
    found = ticket
    for _step in range(LOOKED_ON):
        ended_at = _ended_at(found.survivor())
        if ended_at is None or at < ended_at + timedelta(days=days):
            return found, False
        following = _following(found.survivor(), inbound.address, since=ended_at)
        if following is None:
            return found, True
        found = following
    return found, False


def _ended_at(ticket: Ticket) -> datetime | None:
    """When it was solved or closed; None while it is not."""
    if ticket.status not in ENDS:
        return None
    rows = Ticket.objects.filter(pk=ticket.pk).values_list("closure__at", flat=True)
    return rows.first()


def _following(ticket: Ticket, address: str, *, since: datetime) -> Ticket | None:
    """The newest ticket of this writer that is tied to it and was opened after its end."""
    ties = Link.objects.filter(Q(source=ticket) | Q(target=ticket), kind=Link.Kind.RELATED)
    ends = {end for pair in ties.values_list("source_id", "target_id") for end in pair} - {ticket.pk}
    theirs = Ticket.objects.filter(pk__in=ends, created_at__gt=since, participants__address=address)
    return theirs.exclude(status=Category.SPAM).order_by("-created_at").first()
