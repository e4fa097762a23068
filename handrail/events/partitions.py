"""Monthly partitions of the table of facts: made ahead, so that no fact waits for one."""

from datetime import date, datetime

from django.db import connection

#: So many months after the present one have their partition ready.
MONTHS_AHEAD = 3


def ensure(*, first: date, last: date) -> None:
    """Create the missing partitions for every month from `first` to `last`, both included.

    Facts of such a month that already lie in the default partition are moved into the new one.
    """
    month = first.replace(day=1)
    while month <= last:
        _ensure_month(month)
        month = _next(month)


def ensure_ahead(*, at: datetime) -> None:
    """Make this month's partition and those of the coming ones."""
    last = at.date()
    for _ in range(MONTHS_AHEAD):
        last = _next(last.replace(day=1))
    ensure(first=at.date(), last=last)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _ensure_month(month: date) -> None:
    name = f"events_fact_{month:%Y_%m}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        if cursor.fetchone() == (True,):
            return
        bounds = {"first": month.isoformat(), "next": _next(month).isoformat()}
        cursor.execute(_MAKE.format(name=name, **bounds))


# A default partition must not hold rows of a month that gets its own: they step aside first. The names are
# made of digits by strftime, never of input.
_MAKE = """
    CREATE TABLE IF NOT EXISTS {name} (LIKE events_fact INCLUDING DEFAULTS);
    ALTER TABLE events_fact_rest DISABLE TRIGGER USER;
    WITH moved AS (
        DELETE FROM events_fact_rest
         WHERE at >= '{first}T00:00Z' AND at < '{next}T00:00Z' RETURNING *)
    INSERT INTO {name} SELECT * FROM moved;
    ALTER TABLE events_fact_rest ENABLE TRIGGER USER;
    ALTER TABLE events_fact ATTACH PARTITION {name}
        FOR VALUES FROM ('{first}T00:00Z') TO ('{next}T00:00Z');
"""
