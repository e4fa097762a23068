"""The SMTP listener: takes mail for our mailboxes, keeps it, and only then says that it has it.

No relay: an address that is not ours is refused. While the database is away, senders are told to come back.
Beside it, as long as no mail server is set, the catch-all takes everything that would leave this machine.
"""

import asyncio
import signal
import ssl
from ipaddress import ip_network
from typing import Any

import psycopg
import structlog
from aiosmtpd.smtp import Envelope, Session

from handrail.channels.email.arriving import Load
from handrail.channels.email.certificates import Certificate, certificate_of
from handrail.channels.email.door import Door
from handrail.channels.email.keeping import Keeper, is_away
from handrail.channels.email.smtp import Conversation
from handrail.kit import clock
from handrail.kit.settings import environment

log = structlog.get_logger()

KEPT = "250 2.0.0 Kept"
NOT_OURS = "550 5.1.1 Nobody here has this address"
AWAY = "451 4.3.0 The desk cannot take mail now, try again in a minute"
FULL = "452 4.3.1 The desk has no room now, try again later"
LOOPBACK = "127.0.0.1"
BACKLOG = 512
#: Mails that are being kept when the process is asked to end get so long.
FINISH_SECONDS = 5.0


class Handler:
    """What is answered when something goes wrong."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    async def handle_exception(self, error: Exception) -> str:
        """Never a lasting refusal for trouble of our own."""
        if isinstance(error, psycopg.errors.DiskFull):
            log.error("smtp.disk_full")
            return FULL
        if is_away(error):
            log.warning("smtp.database_away", error=str(error).strip())
        else:
            log.error("smtp.failed", exc_info=error)
        return AWAY


class Mailboxes(Handler):
    """Takes mail for the addresses of our mailboxes, as long as nobody brings too much."""

    def __init__(self, keeper: Keeper, door: Door) -> None:
        super().__init__(keeper)
        self.door = door

    async def handle_MAIL(
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        peer = session.peer[0] if isinstance(session.peer, tuple) else ""
        sender = "" if address in (None, "<>") else address
        if refusal := self.door.refusal(peer, sender, at=asyncio.get_running_loop().time()):
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: Conversation, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if await self.keeper.account_at(address) is None:
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Conversation, session: Session, envelope: Envelope) -> str:
        found = [await self.keeper.account_at(address) for address in envelope.rcpt_tos]
        accounts = list(dict.fromkeys(account for account in found if account is not None))
        if not accounts:  # the mailbox was closed while the mail came in
            return NOT_OURS
        await self.keeper.keep(_bytes(envelope), accounts=accounts, at=clock.now(), **_addresses(envelope))
        return KEPT


class CatchAll(Handler):
    """Takes every mail to anybody, and sends it nowhere."""

    async def handle_DATA(self, server: Conversation, session: Session, envelope: Envelope) -> str:
        await self.keeper.catch(_bytes(envelope), at=clock.now(), **_addresses(envelope))
        return KEPT


def _bytes(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def _addresses(envelope: Envelope) -> dict[str, Any]:
    """Sender and recipients as storable text; the null sender is empty."""
    sender, *recipients = (
        address.encode("utf-8", "replace").decode().replace("\0", "")
        for address in (envelope.mail_from or "", *envelope.rcpt_tos)
    )
    return {"sender": "" if sender == "<>" else sender, "recipients": recipients}


class Listener:
    """The servers of this process. Ports may be 0: then the system chooses and `ports` tells."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        catchall_port: int | None,
        hostname: str,
        certificate: Certificate | None = None,
        door: Door | None = None,
    ) -> None:
        self.host, self.port, self.catchall_port, self.hostname = host, port, catchall_port, hostname
        self.certificate = certificate
        self.door = door or Door()
        self.keeper = Keeper()
        self.servers: list[asyncio.Server] = []
        self.loads: list[Load] = []

    async def start(self) -> None:
        await self.keeper.open()
        if self.certificate:
            self.certificate.renewing = asyncio.create_task(self.certificate.renew())
        tls = self.certificate.context if self.certificate else None
        await self._serve(Mailboxes(self.keeper, self.door), self.host, self.port, tls=tls)
        if self.catchall_port is not None:
            await self._serve(CatchAll(self.keeper), LOOPBACK, self.catchall_port)
        log.info("smtp.listening", ports=self.ports)

    @property
    def ports(self) -> list[int]:
        """The port for mail that comes in, and that of the catch-all when there is one."""
        return [server.sockets[0].getsockname()[1] for server in self.servers]

    async def stop(self) -> None:
        """Take nobody new; mails that are on their way may finish, for a moment."""
        for server in self.servers:
            server.close()
        if self.certificate and self.certificate.renewing:
            self.certificate.renewing.cancel()
        deadline = asyncio.get_running_loop().time() + FINISH_SECONDS
        while any(load.mails for load in self.loads):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.02)
        await self.keeper.close()

    async def _serve(
        self, handler: Handler, host: str, port: int, *, tls: ssl.SSLContext | None = None
    ) -> None:
        load = Load()
        self.loads.append(load)
        server = await asyncio.get_running_loop().create_server(
            lambda: Conversation(handler, load=load, hostname=self.hostname, tls=tls),
            host,
            port,
            backlog=BACKLOG,
        )
        self.servers.append(server)


def run() -> None:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(_serve_until_told())


async def _serve_until_told() -> None:
    listener = Listener(
        host=environment.HANDRAIL_SMTP_HOST,
        port=environment.HANDRAIL_SMTP_PORT,
        catchall_port=None if environment.HANDRAIL_MAIL_URL else environment.HANDRAIL_CATCHALL_PORT,
        hostname=environment.HANDRAIL_MAIL_DOMAIN,
        certificate=certificate_of(environment),
        door=Door(
            from_peer=environment.HANDRAIL_SMTP_FROM_PEER,
            of_sender=environment.HANDRAIL_SMTP_OF_SENDER,
            relays=[ip_network(each, strict=False) for each in environment.HANDRAIL_SMTP_RELAYS],
        ),
    )
    told = asyncio.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(wanted, told.set)
    await listener.start()
    await told.wait()
    await listener.stop()
