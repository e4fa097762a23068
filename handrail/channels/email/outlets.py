"""The mailboxes as places from where a ticket can speak."""

from collections.abc import Iterable
from uuid import UUID

from handrail.channels.email.models import ChosenMailbox, EmailAccount
from handrail.tickets import outlets
from handrail.tickets.models import Ticket
from handrail.tickets.outlets import Outlet, Source


def declare() -> None:
    """Offer them to whoever opens a ticket."""
    outlets.register(Source(offered=_offered, choose=_choose))


def _offered(brand_ids: Iterable[UUID]) -> list[Outlet]:
    rows = EmailAccount.objects.active().filter(brand__in=list(brand_ids)).order_by("created_at", "id")
    return [
        Outlet(
            key=str(row.pk),
            label=f"{row.display_name} <{row.address}>",
            brand_id=row.brand_id,
            team_id=row.team_id,
        )
        for row in rows
    ]


def _choose(ticket: Ticket, outlet: Outlet) -> None:
    ChosenMailbox.objects.create(ticket=ticket, account_id=UUID(outlet.key))
