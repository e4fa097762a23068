"""How many tickets stand in each status, for those who edit statuses."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from handrail.accounts.models import Role
from handrail.accounts.models.role import EVERYTHING
from handrail.tickets import linting
from handrail.tickets.linting import Finding
from handrail.tickets.models import Ticket
from handrail.tickets.models.status import Move
from handrail.tickets.stages import Stage, Stages

#: Who moves tickets by hand holds one of these.
MOVING = frozenset({"tickets.close", "tickets.change", EVERYTHING})


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A finding in plain sight. tickets: how many stand there now and are touched by it."""

    finding: Finding
    words: str
    tickets: int


def counts_by_stage(every: Stages) -> dict[str, int]:
    """The number of tickets by the key of their status: those at work, and those in statuses with a name."""
    live: QuerySet[Any, Any] = Ticket.objects.live().order_by().values_list("status", "stage_id")
    named: QuerySet[Any, Any] = Ticket.objects.filter(stage__isnull=False, status__in=Ticket.DONE).order_by()
    rows = [
        *live.annotate(number=Count("pk")),
        *named.values_list("status", "stage_id").annotate(number=Count("pk")),
    ]
    return {every.of(status, stage).key: number for status, stage, number in rows}


def moving_roles() -> list[Role]:
    """The roles whose people move tickets by hand."""
    return [role for role in Role.objects.all() if MOVING & set(role.rights)]


def advice_on(every: Stages, *, instead: dict[str, set[Move]] | None = None) -> list[Advice]:
    """What an admin should know. instead: what a role would be forbidden, in place of what it is now."""
    roles = moving_roles()
    forbidden = {**{role: set(moves) for role, moves in every.forbidden.items()}, **(instead or {})}
    found = linting.findings(every.all, roles=[role.key for role in roles], forbidden=forbidden)
    counts = counts_by_stage(every) if found else {}
    titles = {role.key: str(role.title) for role in roles}
    return [
        Advice(
            finding=each,
            words=titles.get(each.about) or every.words_of(each.about),
            tickets=counts.get(each.about, 0),
        )
        for each in found
    ]


def table_of(every: Stages, *, forbidden: set[Move]) -> list[tuple[Stage, list[tuple[Stage, bool]]]]:
    """For each status, the others and whether the role moves tickets there."""
    columns = [each for each in every.offered if each.key != "new"]
    return [(was, [(now, (was.key, now.key) not in forbidden) for now in columns]) for was in every.offered]
