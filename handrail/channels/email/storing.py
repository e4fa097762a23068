"""Keeping mail that we fetched, were handed by HTTP or import: rows as durable as their transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import connection, transaction

from handrail.channels.email.events import MailQuarantined
from handrail.events import publish
from handrail.kit import drains, ids
from handrail.kit.text import storable

_STORE = """
    INSERT INTO channels_email_rawmail
           (id, source, account_id, road_key, envelope_from, envelope_to, received_at, sha256, size, raw,
            state, reason, attempts, is_history)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %b, %s, %s, 0, %s)
    ON CONFLICT (account_id, road_key) WHERE road_key IS NOT NULL DO NOTHING
"""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One mail that came for a mailbox.

    road_key: its name on the road it came by; a second one of that name is not kept.
    trouble: why it cannot become a message, known before it is read. size: as announced, when the bytes are
    only its beginning.
    """

    account_id: UUID
    source: str
    road_key: str
    raw: bytes
    at: datetime
    envelope_from: str = ""
    envelope_to: Sequence[str] = ()
    is_history: bool = False
    trouble: str = ""
    size: int | None = None


@transaction.atomic
def store(arrivals: Sequence[Arrival]) -> list[UUID]:
    """Keep them; returns the ids of those that are new. They are durable when the transaction is."""
    kept = []
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # ours would write the bytes as text
        for arrival in arrivals:
            key = ids.uuid7()
            if cursor.execute(_STORE, _values(key, arrival)).rowcount:
                kept.append(key)
                _tell_trouble(key, arrival)
    if kept:
        drains.wake("raw_mail")
    return kept


def _values(key: UUID, arrival: Arrival) -> tuple[object, ...]:
    state = "quarantined" if arrival.trouble else "new"
    return (
        key,
        arrival.source,
        arrival.account_id,
        arrival.road_key,
        storable(arrival.envelope_from),
        [storable(address) for address in arrival.envelope_to],
        arrival.at,
        hashlib.sha256(arrival.raw).digest(),
        len(arrival.raw) if arrival.size is None else arrival.size,
        arrival.raw,
        state,
        arrival.trouble,
        arrival.is_history,
    )


def _tell_trouble(key: UUID, arrival: Arrival) -> None:
    if arrival.trouble:
        account, at = arrival.account_id, arrival.at
        publish(MailQuarantined(raw_mail_id=key, account_id=account, reason=arrival.trouble, at=at))
