"""What the tests of mail stand on: a mailbox, a real listener on a free port, mails to send."""

import asyncio
import hashlib
import os
import smtplib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest

from handrail.channels.email.certificates import Certificate
from handrail.channels.email.door import Door
from handrail.channels.email.listener import Listener
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.tests.sink import Sink
from handrail.kit import drains
from tests.cast import NINE


@pytest.fixture
def support(house) -> EmailAccount:
    """support@harbour.example, of Harbour Parcels, read by the team Parcels."""
    return EmailAccount.open(
        address="support@harbour.example",
        display_name="Harbour Parcels",
        brand=house.harbour,
        team=house.parcels,
        by=None,
        at=NINE,
    )


class Running:
    """A listener in a thread of its own, with an event loop as in its own process."""

    def __init__(self, certificate: Certificate | None = None, door: Door | None = None) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.listener = Listener(
            host="127.0.0.1",
            port=0,
            catchall_port=0,
            hostname="desk.test",
            certificate=certificate,
            door=door,
        )
        self.wait_for(self.listener.start())
        self.port, self.catchall_port = self.listener.ports

    def wait_for(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=120)

    def stop(self) -> None:
        self.wait_for(self.listener.stop())
        self.wait_for(_let_connections_end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=120)
        self.loop.close()


async def _let_connections_end() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def running(transactional_db) -> Iterator[Running]:
    """The listener, on a real database whose commits are real."""
    listener = Running()
    yield listener
    listener.stop()


@pytest.fixture
def smtp(running) -> Iterator[smtplib.SMTP]:
    """A client that has said hello."""
    with smtplib.SMTP("127.0.0.1", running.port, timeout=60) as client:
        client.ehlo("sender.example")
        yield client


def a_mail(**changes: str) -> bytes:
    """Vera's mail in the wire's format; `a_mail(subject="…", in_reply_to="<…>", text="…")`."""
    fields = {
        "from": "Vera Lindqvist <vera@nordlys.example>",
        "to": "Harbour Parcels <support@harbour.example>",
        "subject": "Where is my parcel?",
        "date": "Mon, 16 Nov 2026 09:00:00 +0000",
        "message_id": "<first@nordlys.example>",
    }
    text = changes.pop("text", "Hello, where is my parcel?\r\n")
    fields |= changes
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items() if value]
    return "\r\n".join([*lines, "", text]).encode()


@pytest.fixture
def deliver(support):
    """Put a mail where the listener puts it: `deliver(raw, account=…, to=[…])`."""

    def put(raw: bytes, *, account=support, to=(), source="smtp", at=NINE) -> RawMail:
        return RawMail.objects.create(
            source=source,
            account=account,
            envelope_from="vera@nordlys.example",
            envelope_to=list(to) or [account.address],
            received_at=at,
            sha256=hashlib.sha256(raw).digest(),
            size=len(raw),
            raw=raw,
        )

    return put


@pytest.fixture
def arrive(deliver):
    """Let a mail come and be read: returns what became of it."""

    def come(raw: bytes, **more):
        mail = deliver(raw, **more)
        drains.empty("raw_mail")
        mail.refresh_from_db()
        return mail

    return come


@pytest.fixture
def desk_process(transactional_db, settings) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Run a piece of the program in a process of its own, on the test's database: `desk_process(script)`."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path="/" + settings.DATABASES["default"]["NAME"]))
    running = []

    def start(script: str, **environment: str) -> "subprocess.Popen[str]":
        around = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "handrail.settings"}
        command = [sys.executable, "-c", "import django; django.setup()\n" + script]
        pipe = subprocess.PIPE
        running.append(
            subprocess.Popen(command, env=around | environment, stdin=pipe, stdout=pipe, text=True)
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()
        for pipe in filter(None, [process.stdin, process.stdout]):
            pipe.close()


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """The server that sends for us; an honest fake."""
    server = Sink()
    server.start()
    settings.MAIL_URL = f"smtp://127.0.0.1:{server.port}"
    yield server
    server.stop()


@pytest.fixture
def other_sink() -> Iterator[Sink]:
    """A second server, which nobody is told of."""
    server = Sink()
    server.start()
    yield server
    server.stop()
