"""The sums of live tickets: folded when many changes have been added, and taken anew when in doubt."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from handrail.kit import upkeep
from handrail.tickets.models.categories import LIVE
from handrail.tickets.models.tally import TOLD_APART, Tally

#: So many rows too many are read along with the others before they are folded.
FOLDED_FROM = 400
_COLUMNS = ", ".join(field.column for field in Tally._meta.concrete_fields if field.name in TOLD_APART)
_TOO_MANY = f"SELECT count(*) - count(DISTINCT ({_COLUMNS})) FROM tickets_tally"  # noqa: S608
_FOLD = f"""
    WITH gone AS (DELETE FROM tickets_tally RETURNING *)
    INSERT INTO tickets_tally ({_COLUMNS}, number)
    SELECT {_COLUMNS}, sum(number) FROM gone GROUP BY {_COLUMNS} HAVING sum(number) <> 0
"""  # noqa: S608
_COUNTED = f"""
    SELECT {_COLUMNS}, count(*) AS number FROM tickets_ticket
     WHERE status = ANY(%(live)s) GROUP BY {_COLUMNS}
"""  # noqa: S608
_RECOUNT = f"INSERT INTO tickets_tally ({_COLUMNS}, number) {_COUNTED}"
_WRONG = f"""
    SELECT coalesce(sum(abs(number)), 0) FROM (
        SELECT sum(number) AS number FROM (
            SELECT {_COLUMNS}, number FROM tickets_tally
            UNION ALL
            SELECT {_COLUMNS}, -number FROM ({_COUNTED}) AS counted
        ) AS sides GROUP BY {_COLUMNS}
    ) AS differing
"""  # noqa: S608


@upkeep.every(timedelta(seconds=10))
def fold_when_many(_at: datetime) -> None:
    """What every worker does again and again."""
    with connection.cursor() as cursor:
        cursor.execute(_TOO_MANY)
        if cursor.fetchone()[0] >= FOLDED_FROM:
            cursor.execute(_FOLD)


def recount() -> None:
    """Count all live tickets anew; nobody changes one meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE tickets_ticket IN SHARE MODE; DELETE FROM tickets_tally")
        cursor.execute(_RECOUNT, {"live": list(LIVE)})


def wrong_by() -> int:
    """By how many tickets the sums differ from the tickets themselves; 0 when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, {"live": list(LIVE)})
        (number,) = cursor.fetchone()
    return int(number)
