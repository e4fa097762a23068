"""What became of macros: how often they were used, and how many of these tickets were opened again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from handrail.tickets.events import MacroUsed, TicketReopened

#: Looked back, and how soon after its use an opening counts against a macro.
LOOKED_BACK, SOON = timedelta(days=90), timedelta(days=7)

_FIGURES = """
    SELECT used.macro, count(*), count(*) FILTER (WHERE EXISTS (
               SELECT FROM events_fact AS again
                WHERE again.subject_id = used.ticket AND again.kind = %(reopened)s
                  AND again.at > used.at AND again.at <= used.at + %(soon)s))
      FROM (SELECT (payload->>'macro_id')::uuid AS macro, subject_id AS ticket, at
              FROM events_fact WHERE kind = %(used)s AND at >= %(since)s) AS used
     WHERE used.macro = ANY(%(macros)s)
     GROUP BY used.macro
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """used: times within LOOKED_BACK. reopened: of these, tickets opened again within SOON."""

    used: int = 0
    reopened: int = 0

    @property
    def reopened_percent(self) -> int:
        return round(100 * self.reopened / self.used) if self.used else 0


def outcomes_of(macros: Collection[UUID], *, at: datetime) -> dict[UUID, Outcome]:
    """What became of each; without an entry when it was not used."""
    given: dict[str, Any] = {
        "macros": list(macros),
        "since": at - LOOKED_BACK,
        "soon": SOON,
        "used": MacroUsed.kind,
        "reopened": TicketReopened.kind,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, given)
        return {macro: Outcome(used=used, reopened=reopened) for macro, used, reopened in cursor.fetchall()}
