"""The words of a template become this ticket's words: before it is there, and on it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.team.models import Agent
from handrail.tickets.by_hand.order import Order
from handrail.tickets.by_hand.ways import Mode
from handrail.tickets.models import Ticket
from handrail.tickets.templating.choosing import said

#: Not known before the ticket is there.
LATER = ("ticket.number",)


def beforehand(order: Order, *, author: Person, brand: Brand, by: Agent, at: datetime) -> Order:
    """The order with its subject, and what the customer said, in words. Raises templating Unknown."""
    if order.template is None:
        return order
    sketch = Ticket(
        number=0, requester=author, brand=brand, team=order.team, subject=order.subject, created_at=at
    )
    how: dict[str, Any] = {"by": by, "strict": not order.gaps, "apart": LATER, "at": at}
    subject = said(order.subject, "", sketch, **how)[0]
    if order.mode != Mode.SAID:
        return replace(order, subject=subject)
    sketch.subject = subject
    text, html = said(order.text, order.html, sketch, **how)
    return replace(order, subject=subject, text=text, html=html)


def on_ticket(order: Order, ticket: Ticket, *, by: Agent, at: datetime) -> tuple[str, str]:
    """What is written on the ticket, plain and rich. Raises templating Unknown."""
    if order.template is None:
        return order.text, order.html
    return said(order.text, order.html, ticket, by=by, strict=not order.gaps, at=at)
