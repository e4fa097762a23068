"""The wire to an IMAP server: judged addresses only, verified certificates, bounded in size and time."""

import imaplib
import socket
import ssl
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from imapclient import IMAPClient, SocketTimeout

from handrail.kit import reaching

#: No server keeps us waiting longer than this at any one point.
CONNECT_SECONDS = 20.0
ANSWER_SECONDS = 45.0
#: So much may a server say to a command that asks for no mail.
SMALL_TALK_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where to go. security: tls, starttls or plain."""

    host: str
    port: int
    security: str


class Chatter(imaplib.IMAP4.abort):
    """The server says more than was asked for."""


class Wire(imaplib.IMAP4):
    """The library's connection with a socket of ours, and a bound on what it reads."""

    def __init__(self, server: Server, *, patience: float) -> None:
        self.server, self.patience, self.allowance = server, patience, SMALL_TALK_BYTES
        super().__init__(server.host, server.port, timeout=patience)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        judge = reaching.public_or_within(settings.MAIL_SERVER_NETWORKS)
        line = reaching.connect(self.server.host, self.server.port, timeout=self.patience, judge=judge)
        if self.server.security != "tls":
            return line
        try:
            return secure_context().wrap_socket(line, server_hostname=self.server.host)
        except BaseException:
            line.close()
            raise

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.allowance -= size
        if self.allowance < 0:
            raise Chatter("more than was asked for")


class Client(IMAPClient):  # type: ignore[misc]
    """The library's client on our wire. `allow` says how much the next answers may bring."""

    def __init__(self, server: Server, *, patience: float | None = None) -> None:
        self.server, self.patience = server, patience or CONNECT_SECONDS
        timeout = SocketTimeout(connect=self.patience, read=patience or ANSWER_SECONDS)
        super().__init__(server.host, server.port, ssl=server.security == "tls", timeout=timeout)
        self._imap.debug = 0  # it would write every command, passwords among them, for a log
        self.normalise_times = False

    def _create_IMAP4(self) -> Any:
        return Wire(self.server, patience=self.patience)

    def allow(self, size: int = SMALL_TALK_BYTES) -> None:
        self._imap.allowance = size


def secure_context() -> ssl.SSLContext:
    """TLS 1.2 or newer, certificate and name verified."""
    context = ssl.create_default_context(cafile=settings.MAIL_SERVER_AUTHORITIES or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
