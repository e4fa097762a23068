"""Numbers of views that ask for more than the sums know: counted after the page, and remembered for a while.

Such a question may read thousands of tickets and their messages. Nobody waits for it: a page shows what was
counted last, and asks anew when that is old. The longer counting took, the longer its number stands.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.models.view import ViewCount
from handrail.tickets.queries.built_in import Known, View, condition_of
from handrail.tickets.queries.sight import width_of

#: Nobody waits longer than this for a number.
PATIENCE_MILLISECONDS = 1500
#: A number stands for at least so long, at most so long, and in between so many times as long as it took.
STANDS_AT_LEAST, STANDS_AT_MOST = timedelta(seconds=3), timedelta(minutes=1)
TIMES_AS_LONG = 30


def is_old(view: View, eyes: str, *, at: datetime) -> bool:
    """Whether the number that is known of a view is to be counted anew. eyes: what its reader sees now."""
    known = still_meant(view, eyes)
    if known is None:
        return True
    stands = timedelta(milliseconds=known.took) * TIMES_AS_LONG
    return at - known.at > min(max(stands, STANDS_AT_LEAST), STANDS_AT_MOST)


def still_meant(view: View, eyes: str) -> Known | None:
    """What was counted last, unless the view asks otherwise since then, or its reader sees otherwise."""
    known, row = view.known, view.saved
    return known if known and row and known.eyes == eyes and known.at >= row.changed_at else None


def recount(views: Iterable[View], *, agent: Agent, at: datetime) -> dict[str, int]:
    """Count the tickets of these views, one view after the other, and remember the numbers."""
    found: dict[str, int] = {}
    rows = []
    for view in views:
        began = time.monotonic()
        number = count_up_to(_live_in(view, agent))
        took = round((time.monotonic() - began) * 1000)
        rows.append(_row(view, agent, number=number, took=took, at=at))
        found |= {view.key: number} if number is not None else {}
    ViewCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["agent", "view"],
        update_fields=["number", "eyes", "took", "at"],
    )
    return found


def count_up_to(tickets: "QuerySet[Ticket]", *, most: int | None = None) -> int | None:
    """How many these are, at most `most + 1`; None when the database takes too long over it."""
    limit = None if most is None else most + 1
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MILLISECONDS)])
            return int(tickets.order_by()[:limit].count())
    except OperationalError:
        return None


def digest_of_eyes(agent: Agent) -> str:
    """What an agent sees, in short: a number that was counted with other eyes tells nothing."""
    seen = (width_of(agent), sorted(agent.brand_ids), sorted(agent.team_ids))
    return sha256(repr(seen).encode()).hexdigest()[:16]


def _live_in(view: View, agent: Agent) -> "QuerySet[Ticket]":
    tickets: QuerySet[Ticket] = (
        Ticket.objects.visible_to(agent).live().filter(condition_of(view, agent=agent))
    )
    return tickets


def _row(view: View, agent: Agent, *, number: int | None, took: int, at: datetime) -> ViewCount:
    assert view.saved is not None
    eyes = digest_of_eyes(agent)
    return ViewCount(view=view.saved, agent=agent, number=number, eyes=eyes, took=took, at=at)
