"""Mail leaves: the conversation with the one server that sends for us. The only place with network.

What went wrong is told apart by what it means for the mail: it may be tried later, it will never be taken, or
nobody knows, because the answer to the whole mail was lost.
"""

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from urllib.parse import unquote, urlsplit

from django.conf import settings

from handrail.channels.email.composing import Mail
from handrail.channels.email.header_lines import Unsendable
from handrail.kit import faults
from handrail.kit.text import one_line

#: The server gets so long for each step; after the whole mail, when it may scan, the longer time.
STEP_SECONDS = 30
ANSWER_SECONDS = 120
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Trouble(Exception):
    """The mail did not leave; args[0] says what happened, in words for the operator."""


class ServerAway(Trouble):
    """The server cannot be talked to: no mail can leave now."""


class NotNow(Trouble):
    """The server asks to come back later with this mail."""


class Never(Trouble):
    """The server will not take this mail."""


class AnswerLost(Trouble):
    """The whole mail went out, but no answer came: it may have arrived."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the server is, from a URL such as smtp://user:password@host:587.

    in_the_clear: `?tls=no` at its end, for a relay within one's own walls.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str
    in_the_clear: bool

    @classmethod
    def read(cls, url: str) -> "Address":
        parts = urlsplit(url)
        port = parts.port or (465 if parts.scheme == "smtps" else 25)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        host = parts.hostname or ""
        return cls(
            scheme=parts.scheme,
            host=host,
            port=port,
            user=user,
            password=password,
            in_the_clear=host in LOOPBACK or parts.query == "tls=no",
        )


class Server:
    """A connection that is kept for a batch: `with Server() as server: server.send(mail)`."""

    def __init__(self) -> None:
        self.address = Address.read(settings.MAIL_URL)
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.connection is not None:
            try:
                self.connection.quit()
            except (smtplib.SMTPException, OSError):
                self.connection.close()
        self.connection = None

    def connect(self) -> smtplib.SMTP:
        """The open connection. Raises ServerAway."""
        if self.connection is None:
            try:
                self.connection = _connected(self.address)
            except (smtplib.SMTPException, OSError) as error:
                raise ServerAway(_told(error)) from error
        return self.connection

    def send(self, mail: Mail) -> dict[str, str]:
        """Hand the mail over; returns the recipients that were refused, with the server's words.

        Raises ServerAway, NotNow, Never, AnswerLost, Unsendable.
        """
        connection = self.connect()
        try:
            refused = _announce(connection, mail)
            _transfer(connection, mail.pieces())
        except (smtplib.SMTPException, OSError) as error:  # before the end of the mail: it did not arrive
            self._hang_up()
            raise NotNow(_told(error)) from error
        except (AnswerLost, Unsendable):
            self._hang_up()
            raise
        except Trouble:
            self._reset()
            raise
        return refused

    def _reset(self) -> None:
        """Begin anew on the same connection, or give it up."""
        try:
            assert self.connection is not None
            self.connection.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _connected(address: Address) -> smtplib.SMTP:
    name = settings.MAIL_DOMAIN
    if address.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            address.host, address.port, local_hostname=name, timeout=STEP_SECONDS, context=_tls()
        )
        connection.ehlo()
    else:
        connection = smtplib.SMTP(address.host, address.port, local_hostname=name, timeout=STEP_SECONDS)
        connection.ehlo()
        _secure(connection, address)
    if address.user:
        connection.login(address.user, address.password)
    return connection


def _secure(connection: smtplib.SMTP, address: Address) -> None:
    """Turn to TLS where it is offered; over a network nothing is said without it."""
    if connection.has_extn("starttls"):
        connection.starttls(context=_tls())
        connection.ehlo()
    elif not address.in_the_clear:
        connection.close()
        raise smtplib.SMTPException(
            "it offers no encryption (STARTTLS), so nothing is sent to it; see ?tls=no"
        )


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _announce(connection: smtplib.SMTP, mail: Mail) -> dict[str, str]:
    """Sender and recipients; at least one of them is taken, else raises NotNow or Never."""
    options = []
    if mail.needs_utf8:
        if not connection.has_extn("smtputf8"):
            raise Never("The server does not take addresses with such letters.")
        options = ["SMTPUTF8"]
    _mind(connection.mail(mail.sender, options))
    answers = {address: connection.rcpt(address) for address in mail.recipients}
    refused = {address: answer for address, answer in answers.items() if answer[0] not in (250, 251)}
    if len(refused) == len(answers):
        _mind(max(refused.values(), key=lambda answer: 400 <= answer[0] < 500))
    return {address: _said(answer) for address, answer in refused.items()}


def _transfer(connection: smtplib.SMTP, pieces: Iterator[bytes]) -> None:
    faults.point("outbox.before-data")  # sender and recipients are said, the mail is not
    _mind(connection.docmd("DATA"))
    assert connection.sock is not None
    for piece in pieces:
        connection.sock.sendall(_guarded(piece))
    try:
        connection.sock.settimeout(ANSWER_SECONDS)
        connection.sock.sendall(b".\r\n")
        faults.point("outbox.after-data")  # the whole mail went out, its answer is not yet read
        answer = connection.getreply()
        connection.sock.settimeout(STEP_SECONDS)
    except (smtplib.SMTPException, OSError) as error:
        raise AnswerLost(_told(error)) from error
    _mind(answer)


def _guarded(piece: bytes) -> bytes:
    """Lines that begin with a dot get a second one; a piece is made of whole lines."""
    assert piece.endswith(b"\r\n")
    guarded = piece.replace(b"\r\n.", b"\r\n..")
    return b"." + guarded if guarded.startswith(b".") else guarded


def _mind(answer: tuple[int, bytes]) -> None:
    code = answer[0]
    if 200 <= code < 400:
        return
    raise (Never if 500 <= code < 600 else NotNow)(_said(answer))


def _said(answer: tuple[int, bytes]) -> str:
    return one_line(f"{answer[0]} {answer[1].decode('utf-8', 'replace')}", limit=400)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said((error.smtp_code, said if isinstance(said, bytes) else str(said).encode()))
    return one_line(str(error) or type(error).__name__, limit=400)
