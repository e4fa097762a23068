"""Monthly partitions of the table of facts: made ahead, so that no fact waits for one."""

from datetime import date, datetime

from django.db import connection, transaction

#: So many months after the present one have their partition ready.
MONTHS_AHEAD = 3
#: The number of the advisory lock under which partitions are made.
LOCK = 0x46414354


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
    ensure(first=at.date(), last=last_ahead(at=at))


def last_ahead(*, at: datetime) -> date:
    """The first day of the last month that has its partition ready."""
    last = at.date().replace(day=1)
    for _ in range(MONTHS_AHEAD):
        last = _next(last)
    return last


def missing_ahead(*, at: datetime) -> list[date]:
    """The months from this one on that should have a partition and have none."""
    month, missing = at.date().replace(day=1), []
    while month <= last_ahead(at=at):
        if not _exists(_name(month)):
            missing.append(month)
        month = _next(month)
    return missing


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _ensure_month(month: date) -> None:
    if _exists(_name(month)):
        return
    bounds = {"first": month.isoformat(), "next": _next(month).isoformat()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])  # several workers start at once
        if not _exists(_name(month)):
            cursor.execute(_MAKE.format(name=_name(month), **bounds))


def _name(month: date) -> str:
    return f"events_fact_{month:%Y_%m}"


def _exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone() == (True,))


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
