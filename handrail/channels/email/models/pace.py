"""How many mails each sender sent within an hour, so that nobody floods the desk."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, models

#: Hours that ended longer ago are forgotten.
REMEMBERED = timedelta(hours=24)

# In the order of the senders, so that no two batches wait for each other.
_COUNT = """
    WITH old AS (DELETE FROM channels_email_senderpace WHERE hour < %s),
         came (sender, hour, mails) AS (SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::int[]))
    INSERT INTO channels_email_senderpace AS pace (sender, hour, mails)
    SELECT sender, hour, mails FROM came ORDER BY sender, hour
    ON CONFLICT (sender, hour) DO UPDATE SET mails = pace.mails + EXCLUDED.mails
    RETURNING sender, hour, mails
"""

Beat = tuple[str, datetime]


class SenderPace(models.Model):
    """One sender in one hour."""

    pk = models.CompositePrimaryKey("sender", "hour")
    sender = models.CharField(max_length=320)
    hour = models.DateTimeField(db_index=True)
    mails = models.PositiveIntegerField()

    @classmethod
    def count(cls, came: Mapping[Beat, int], *, at: datetime) -> dict[Beat, int]:
        """Add to each sender's hour, in one statement; returns how many there were with these."""
        if not came:
            return {}
        columns = [list(column) for column in zip(*came, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [at - REMEMBERED, *columns, list(came.values())])
            return {(sender, hour): mails for sender, hour, mails in cursor.fetchall()}


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
