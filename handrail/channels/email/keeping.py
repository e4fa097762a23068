"""Keeping mail before it is acknowledged: raw bytes in, one durable row for each mailbox out."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from handrail.kit import connections, drains, faults, ids

log = structlog.get_logger()

#: Several connections, so that commits which come at the same time share one write to the disk.
CONNECTIONS = 4
#: Somebody who sends mail waits no longer than this for the database before being told to come back.
WAIT_SECONDS = 5
#: The pool tries to reconnect for so long and then waits for the next mail: no pause grows beyond it.
RECONNECT_SECONDS = 2
#: Mailboxes are looked up again after so many seconds.
BOOK_SECONDS = 2.0
#: Wake-ups are sent apart from the mails and no more often than this: sent with each mail they would make its
#: commit wait for all others.
WAKE_EVERY_SECONDS = 0.02

_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)

_KEEP = """
    INSERT INTO channels_email_rawmail
           (id, source, account_id, envelope_from, envelope_to, received_at, sha256, size, raw,
            state, reason, attempts)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %b, 'new', '', 0)
    ON CONFLICT (id) DO NOTHING
"""
_CATCH = """
    INSERT INTO channels_email_caughtmail (id, envelope_from, envelope_to, at, raw)
    VALUES (%s, %s, %s, %s, %b) ON CONFLICT (id) DO NOTHING
"""
_BOOK = "SELECT address, id FROM channels_email_emailaccount WHERE is_active"


class Keeper:
    """The database as the listener sees it: a book of addresses and a place for mail."""

    def __init__(self) -> None:
        self.pool = AsyncConnectionPool(
            connections.address(),
            kwargs={"autocommit": True},
            min_size=1,
            max_size=CONNECTIONS,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            open=False,
        )
        self.book: dict[str, UUID] = {}
        self.book_read_at = float("-inf")
        self.mail_came = asyncio.Event()
        self.waker: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self.pool.open(wait=False)
        self.waker = asyncio.create_task(self._wake_the_drain())

    async def close(self) -> None:
        if self.waker:
            self.waker.cancel()
        await self.pool.close()

    async def account_at(self, address: str) -> UUID | None:
        """The mailbox for an address, with or without a token behind a plus."""
        if time.monotonic() - self.book_read_at > BOOK_SECONDS:
            rows = await self._run(_BOOK, ())
            self.book = dict(rows)
            self.book_read_at = time.monotonic()
        return self.book.get(without_token(address))

    async def keep(
        self, raw: bytes, *, accounts: Sequence[UUID], sender: str, recipients: Sequence[str], at: datetime
    ) -> None:
        """Returns when the mail is durable, once for each mailbox; raises what the database raises."""
        digest = hashlib.sha256(raw).digest()
        for account in accounts:
            envelope = (ids.uuid7(), "smtp", account, sender, list(recipients), at, digest, len(raw), raw)
            faults.point("smtp.before-commit")  # the mail came in whole and is not kept
            await self._run(_KEEP, envelope)
        faults.point("smtp.after-commit")  # kept for all mailboxes, 250 not yet said
        self.mail_came.set()

    async def catch(self, raw: bytes, *, sender: str, recipients: Sequence[str], at: datetime) -> None:
        """The same for a mail that shall not leave this machine."""
        await self._run(_CATCH, (ids.uuid7(), sender, list(recipients), at, raw))

    async def _run(self, statement: str, values: Sequence[object]) -> list[tuple[str, UUID]]:
        """One statement, tried again once when its connection had died: the row's id makes that harmless."""
        try:
            return await self._run_once(statement, values)
        except PoolTimeout:
            raise
        except (psycopg.OperationalError, psycopg.InterfaceError):
            return await self._run_once(statement, values)

    async def _run_once(self, statement: str, values: Sequence[object]) -> list[tuple[str, UUID]]:
        async with self.pool.connection() as connection:
            cursor = await connection.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def _wake_the_drain(self) -> None:
        while True:
            await self.mail_came.wait()
            self.mail_came.clear()
            try:
                await self._run("SELECT pg_notify(%s, '')", (drains.channel("raw_mail"),))
            except _AWAY as error:  # it looks by itself every few seconds
                log.info("smtp.drain_not_woken", error=str(error).strip())
            await asyncio.sleep(WAKE_EVERY_SECONDS)


def is_away(error: Exception) -> bool:
    """Whether the error says that the database is away, and not that something is wrong with the mail."""
    return isinstance(error, _AWAY)


def without_token(address: str) -> str:
    """support+token@Harbour.Example → support@harbour.example"""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}".lower()
