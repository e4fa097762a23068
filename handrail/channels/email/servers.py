"""The servers that send for us, and what stands in the way of mail: servers that are away, slow domains."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType

import structlog
from django.conf import settings
from django.db import transaction

from handrail.channels.email import alarms, deliveries
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.models import Obstacle, OutgoingMail, Sending
from handrail.channels.email.outbound import Outcome, Server

log = structlog.get_logger()

#: Who looks after mail is told when a server was away for so long while mail waited.
ALARM_AFTER = timedelta(minutes=3)

What = Obstacle.What


class Servers:
    """The connections of one batch, one for each server: `with Servers() as servers: servers.of(mail)`."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.open: dict[str, Server] = {}
        self.troubled: set[str] = set()

    def __enter__(self) -> "Servers":
        self.troubled = set(Obstacle.objects.filter(what=What.DOMAIN).values_list("name", flat=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stack.close()

    def of(self, mail: OutgoingMail) -> Server:
        """The server for a mail, connected. Raises ServerAway, Unsendable."""
        server = self.open.get(mail.server)
        if server is None:
            server = self.open[mail.server] = self.stack.enter_context(_server_for(mail))
        if server.connection is None:
            server.connect()
            for past in Obstacle.gone(What.SERVER, {mail.server}):
                log.info("outbox.server_back", away_since=past.since.isoformat())
        return server

    def mind_the_domains(self, outcome: Outcome, *, is_slow: bool, at: datetime) -> None:
        """Leave a domain in peace that is slow or puts us off; forget the trouble once mail got through.

        One mail put off says little about its domain (greylisting), several in a row do.
        """
        for address, words in outcome.later.items():
            self._meet(_domain(address), words, patient=address != outcome.stalled, at=at)
        reached = {_domain(address) for address in outcome.taken}
        if is_slow:
            for name in reached:
                self._meet(name, "It takes very long to answer.", patient=False, at=at)
        elif self.troubled & reached:
            Obstacle.gone(What.DOMAIN, reached)
            self.troubled -= reached

    def _meet(self, domain: str, words: str, *, patient: bool, at: datetime) -> None:
        Obstacle.met(What.DOMAIN, domain, words, patient=patient, at=at)
        self.troubled.add(domain)


def _server_for(mail: OutgoingMail) -> Server:
    """The desk's own, or that of the mailbox, whose address a person typed and which is judged therefore."""
    if not mail.server:
        return Server(settings.MAIL_URL)
    own = Sending.of(mail.account).server if mail.account else ""
    if not own:
        raise Unsendable("The mailbox's own server is not known any more: set it again.")
    return Server(own, is_judged=True)


def is_away(name: str, words: str, *, at: datetime) -> None:
    """Note why nothing leaves by this server, for all that wait for it; tell who looks after mail in time."""
    log.warning("outbox.server_away", error=words)
    with transaction.atomic():
        obstacle = Obstacle.met(What.SERVER, name, words, at=at)
        if Obstacle.is_alarming(obstacle.pk, after=ALARM_AFTER, at=at):
            alarms.notice("server-away", about_id=obstacle.pk, detail=words, at=at)
    for mail in OutgoingMail.wait_for_server(name, words, at=at):
        with transaction.atomic():
            mail.fail(words, at=at)
            deliveries.tell(mail, at=at)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
