"""Mail leaves: the conversation with the one server that sends for us. The only place with network.

What went wrong is told apart by what it means for the mail: it may be tried later, it will never be taken, or
nobody knows, because the answer to the whole mail was lost.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType
from urllib.parse import unquote, urlsplit

from django.conf import settings

from handrail.channels.email.composing import Mail
from handrail.channels.email.header_lines import Unsendable
from handrail.kit import faults, reaching
from handrail.kit.reaching import LOOPBACK
from handrail.kit.text import one_line

#: The server gets so long for each step, for it may ask another one; after the whole mail, when it may scan,
#: the longer time. A server that cannot be reached is known sooner.
CONNECT_SECONDS = 20
STEP_SECONDS = 90
ANSWER_SECONDS = 300


class Trouble(Exception):
    """The mail did not leave; args[0] says what happened, in words for the operator."""


class ServerAway(Trouble):
    """The server cannot be talked to: no mail can leave now."""


class NotNow(Trouble):
    """The server asks to come back later with this mail."""


class Never(Trouble):
    """The server will not take this mail."""


class AnswerLost(Trouble):
    """The whole mail went out, but no answer came: it may have arrived. outcome: what was known before."""

    outcome: "Outcome"


@dataclass(kw_only=True)
class Outcome:
    """What the server said for each recipient, with its words. Who is in none of these was not asked.

    stalled: the recipient at whose address the talk broke off.
    """

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    stalled: str = ""


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
    """A connection that is kept for a batch: `with Server(url) as server: server.send(mail)`."""

    def __init__(self, url: str, *, is_judged: bool = False) -> None:
        self.address = Address.read(url)
        self.is_judged = is_judged
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
                self.connection = _connected(self.address, is_judged=self.is_judged)
            except reaching.NotAllowed:
                raise ServerAway("The server is unknown, or its network is not allowed.") from None
            except (smtplib.SMTPException, OSError) as error:
                raise ServerAway(_told(error)) from error
        return self.connection

    def send(self, mail: Mail) -> Outcome:
        """Hand the mail over to as many of its recipients as the server takes it for.

        Raises ServerAway, NotNow, Never, AnswerLost, Unsendable: then it is so for all of them.
        """
        connection, outcome = self.connect(), Outcome()
        try:
            _announce(connection, mail, outcome)
            if outcome.stalled:
                self._hang_up()
            elif outcome.taken:
                _transfer(connection, mail.pieces())
            else:
                self._reset()
        except (smtplib.SMTPException, OSError) as error:  # before the end of the mail: it did not arrive
            self._hang_up()
            raise NotNow(_told(error)) from error
        except AnswerLost as lost:
            self._hang_up()
            lost.outcome = outcome
            raise
        except Unsendable:
            self._hang_up()
            raise
        except Trouble:
            self._reset()
            raise
        return outcome

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


class _Judged(smtplib.SMTP):
    """Connects only to addresses that are public, or within the networks the operator allows."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        judge = reaching.public_or_within(settings.MAIL_SERVER_NETWORKS)
        return reaching.connect(host, port, timeout=timeout, judge=judge)


class _JudgedTls(_Judged):
    """The same, with TLS from the start."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _tls().wrap_socket(super()._get_socket(host, port, timeout), server_hostname=host)


def _connected(address: Address, *, is_judged: bool) -> smtplib.SMTP:
    connection = _opened(address, is_judged=is_judged)
    connection.ehlo()
    if address.scheme != "smtps":
        _secure(connection, address)
    if address.user:
        connection.login(address.user, address.password)
    if connection.sock is not None:
        connection.sock.settimeout(STEP_SECONDS)
        # The end of a mail is a small piece of its own: the system would keep it back for 40 ms, until the
        # server has acknowledged what went before.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _opened(address: Address, *, is_judged: bool) -> smtplib.SMTP:
    name, tls = settings.MAIL_DOMAIN, address.scheme == "smtps"
    place: tuple[str, int] = (address.host, address.port)
    if is_judged:
        return (_JudgedTls if tls else _Judged)(*place, local_hostname=name, timeout=CONNECT_SECONDS)
    if tls:
        return smtplib.SMTP_SSL(*place, local_hostname=name, timeout=CONNECT_SECONDS, context=_tls())
    return smtplib.SMTP(*place, local_hostname=name, timeout=CONNECT_SECONDS)


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


def _announce(connection: smtplib.SMTP, mail: Mail, outcome: Outcome) -> None:
    """Sender and recipients. Ends early, with nobody taken, when the talk breaks off at a recipient."""
    options = []
    if mail.needs_utf8:
        if not connection.has_extn("smtputf8"):
            raise Never("The server does not take addresses with such letters.")
        options = ["SMTPUTF8"]
    reports = connection.has_extn("dsn") and bool(mail.sender)
    if reports:
        options += ["RET=HDRS", f"ENVID={mail.message_id}"]
    _mind(connection.mail(mail.sender, options))
    for address in mail.recipients:
        try:
            answer = connection.rcpt(address, [NOTIFY[settings.DELIVERY_RECEIPTS]] if reports else [])
        except (smtplib.SMTPException, OSError) as error:
            outcome.taken, outcome.stalled = [], address
            outcome.later[address] = _told(error)
            return
        if answer[0] in (250, 251):
            outcome.taken.append(address)
        else:
            _sort_out(address, answer, outcome)


#: Which reports are asked for where a server can give them (RFC 3461), by whether successes are wanted too.
NOTIFY = {False: "NOTIFY=FAILURE,DELAY", True: "NOTIFY=SUCCESS,FAILURE,DELAY"}


def _sort_out(address: str, answer: tuple[int, bytes], outcome: Outcome) -> None:
    """A recipient whom the server did not take; 421 is the server's own farewell."""
    if answer[0] == 421:
        raise NotNow(_said(answer))
    never = 500 <= answer[0] < 600
    (outcome.refused if never else outcome.later)[address] = _said(answer)


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
