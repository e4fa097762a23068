"""Facts about something that was removed for good lose the words of people; that it happened stays."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from django.db import connection, transaction

from handrail.events.facts import known_kinds

#: The database refuses every other change of a fact, see the migration.
_ALLOW = "SELECT set_config('handrail.blanking', 'on', true)"
_FORBID = "SELECT set_config('handrail.blanking', '', true)"
_BLANK = """
    UPDATE events_fact SET payload = payload || %s::jsonb
     WHERE subject_id = ANY(%s) AND kind = %s
"""


@transaction.atomic
def blank(subject_ids: Collection[UUID]) -> None:
    """Take the words out of all facts about these."""
    with connection.cursor() as cursor:
        cursor.execute(_ALLOW)
        for name, kind in known_kinds().items():
            if kind.personal:
                nothing = msgspec.json.encode(dict(kind.personal)).decode()
                cursor.execute(_BLANK, [nothing, list(subject_ids), name])
        cursor.execute(_FORBID)
