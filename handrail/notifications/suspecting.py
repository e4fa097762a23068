"""Telling who looks after mailboxes that a mail deceives: once for a campaign or a sender, never a storm."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from handrail.channels.email.events import PhishingSuspected
from handrail.notifications.models import MANAGES_MAIL, Kind, Notification
from handrail.team.models import Agent
from handrail.tickets.models import Message

#: The same sender, and the same signs with the same details, are told again after so long.
QUIET = timedelta(days=7)
#: Nobody is told more often than this within a day, however many campaigns there are.
MOST_A_DAY = 10


def tell(fact: PhishingSuspected) -> None:
    """Ring for the operators of the ticket's brand."""
    message = Message.objects.select_related("ticket").filter(pk=fact.message_id).first()
    if message is None:
        return
    campaign = _campaign_of(message, fact.signs)
    for agent in _operators(message.ticket.brand_id):
        if not _knows(agent, sender=message.sender, campaign=campaign, at=fact.at):
            Notification.tell(
                agent,
                Kind.PHISHING,
                ticket_id=message.ticket_id,
                message_id=message.pk,
                detail=_first_of(message, fact.signs),
                cause=f"{campaign} {fact.at:%G-%V}",
                at=fact.at,
            )


def _operators(brand_id: UUID) -> list[Agent]:
    agents = Agent.objects.available().select_related("user__role").filter(user__brands=brand_id)
    return [agent for agent in agents if agent.may(MANAGES_MAIL)]


def _knows(agent: Agent, *, sender: str, campaign: str, at: datetime) -> bool:
    """Whether this agent was told of this sender or campaign lately, or of enough today."""
    told = Notification.objects.filter(user_id=agent.user_id, kind=Kind.PHISHING, at__lte=at)
    lately = told.filter(at__gt=at - QUIET)
    same = (
        lately.filter(cause__startswith=campaign).exists() or lately.filter(message__sender=sender).exists()
    )
    return same or told.filter(at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY


def _campaign_of(message: Message, signs: tuple[str, ...]) -> str:
    """The same for mails that deceive in the same way, whoever their senders claim to be."""
    seen = sorted(f"{sign} {detail}" for sign, detail in message.extras.get("warnings", ()) if sign in signs)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:32]


def _first_of(message: Message, signs: tuple[str, ...]) -> str:
    """The first grave sign by its name, and what exactly was seen: its words are made when it is shown."""
    seen = (f"{sign} {detail}" for sign, detail in message.extras.get("warnings", ()) if sign in signs)
    return next(seen, "")[:500]
