"""Who is usually in copy where a customer, or somebody of their organisation, asks: for one click only."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from handrail.customers.models import Person
from handrail.team.models import Agent
from handrail.tickets.models import Participant, Ticket

#: So many tickets are looked at, the newest, and so many messages of each; so many people of an organisation.
TICKETS = 50
MESSAGES = 50
PEOPLE = 100
#: In copy on so many tickets is often; so many are proposed.
OFTEN = 2
PROPOSED = 5

_COPIED = f"""
    SELECT lower(pair->>1) AS address, max(pair->>0) AS name, count(DISTINCT looked.id) AS often
      FROM unnest(%s::uuid[]) AS looked(id)
      CROSS JOIN LATERAL (
          SELECT cc FROM tickets_message
           WHERE ticket_id = looked.id AND kind <> 'note' AND standing IN ('ours', 'on_ticket')
           ORDER BY id DESC LIMIT {MESSAGES}) AS said
      CROSS JOIN LATERAL jsonb_array_elements(said.cc) AS pair
     WHERE lower(pair->>1) <> ALL(%s)
     GROUP BY 1 HAVING count(DISTINCT looked.id) >= {OFTEN}
     ORDER BY often DESC, address LIMIT {PROPOSED}
"""  # noqa: S608 - numbers of this file alone


@dataclass(frozen=True, kw_only=True)
class Usual:
    """Somebody who is often in copy. often: on how many of the tickets that were looked at."""

    address: str
    name: str
    often: int


def usual_circle(ticket: Ticket, *, agent: Agent, apart_from: Collection[str] = ()) -> list[Usual]:
    """Those often in copy there who are not on this ticket yet, most often first; three queries.

    Only tickets count that this agent may see. apart_from: addresses that are nobody's, as our own mailboxes.
    """
    looked = list(_tickets(ticket, agent=agent).values_list("pk", flat=True)[:TICKETS])
    if len(looked) < OFTEN:
        return []
    there = Participant.objects.filter(ticket=ticket).values_list("address", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(_COPIED, [looked, [*there, *(each.lower() for each in apart_from)]])
        rows = cursor.fetchall()
    return [Usual(address=address, name=name or "", often=often) for address, name, often in rows]


def _tickets(ticket: Ticket, *, agent: Agent) -> "QuerySet[Ticket]":
    person = ticket.requester
    whose = Q(requester=person)
    if person.organisation_id:
        people = Person.objects.filter(organisation=person.organisation_id).order_by("-pk")
        whose |= Q(requester__in=people.values("pk")[:PEOPLE])
    seen: QuerySet[Ticket] = Ticket.objects.visible_to(agent).filter(whose, brand=ticket.brand_id)
    return seen.exclude(pk=ticket.pk).order_by("-created_at")
