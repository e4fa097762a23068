"""One conversation with the server of a mailbox: open, look, fetch, change, wait for news."""

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient.exceptions import CapabilityError, LoginError, ProtocolError

from handrail.channels.email.imap.lines import SMALL_TALK_BYTES, Client, Server, secure_context
from handrail.channels.email.imap.troubles import Trouble
from handrail.kit import clock, reaching
from handrail.kit.reaching import LOOPBACK

#: A folder is searched in steps of so many numbers, so that no answer grows beyond a line.
STEP = 10_000
#: So much more than its announced size a mail's answer may have.
AROUND_A_MAIL = 64 * 1024
BEFORE_SIGN_IN = frozenset({"not-imap", "encryption"})
DELETED, SEEN = b"\\Deleted", b"\\Seen"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A mail as the folder lists it, before its body is asked for."""

    uid: int
    size: int
    came_at: datetime


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What the server says of a folder."""

    uid_validity: int
    next_uid: int
    count: int


class Session:
    """A signed-in connection. Its methods raise Trouble. busy_since: when the running command began."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.busy_since: float | None = None

    @contextmanager
    def asking(self, *, allow: int = SMALL_TALK_BYTES, refused: str = "refused") -> Iterator[Client]:
        """A command. refused: the trouble when the server says no to it."""
        self.busy_since = time.monotonic()
        self.client.allow(allow)
        try:
            with troubles(refused=refused):
                yield self.client
        finally:
            self.busy_since = None

    def open(self, folder: str, *, read_only: bool = False) -> Opened:
        with self.asking(refused="folder") as client:
            told = client.select_folder(folder, readonly=read_only)
        validity = told.get(b"UIDVALIDITY")
        if validity is None:
            raise Trouble("refused")
        next_uid = told.get(b"UIDNEXT") or self._next_uid()
        return Opened(uid_validity=validity, next_uid=next_uid, count=int(told.get(b"EXISTS", 0)))

    def _next_uid(self) -> int:
        """A server that does not say it still lists its last mail."""
        return max(self._search(["UID", "*"]), default=0) + 1

    def folders(self) -> list[str]:
        with self.asking() as client:
            found = client.list_folders()
        return sorted(str(name) for flags, _delimiter, name in found if b"\\Noselect" not in flags)

    def uids(self, first: int, last: int, *, since: datetime | None = None) -> Iterator[list[int]]:
        """The numbers that exist from first to last, in steps. since: came on that day or later."""
        for start in range(first, last + 1, STEP):
            end = min(start + STEP - 1, last)
            criteria: list[object] = ["UID", f"{start}:{end}"]
            if since:
                criteria += ["SINCE", since.date()]
            found = [uid for uid in self._search(criteria) if start <= uid <= end]
            if found:
                yield sorted(found)

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Size and time of mails, asked before any body is."""
        with self.asking() as client:
            found = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Listed(uid=uid, size=found[uid][b"RFC822.SIZE"], came_at=_moment(found[uid].get(b"INTERNALDATE")))
            for uid in uids
            if b"RFC822.SIZE" in found.get(uid, {})
        ]

    def bodies(self, mails: Sequence[Listed]) -> dict[int, bytes]:
        """The bytes of mails, without marking them as read; one that is gone meanwhile is missing."""
        room = sum(mail.size + AROUND_A_MAIL for mail in mails)
        with self.asking(allow=room) as client:
            found = client.fetch([mail.uid for mail in mails], ["BODY.PEEK[]"])
        return {uid: answer[b"BODY[]"] for uid, answer in found.items() if answer.get(b"BODY[]") is not None}

    def head(self, uid: int, *, most: int) -> bytes:
        """The beginning of a mail that is too large to be fetched."""
        with self.asking() as client:
            found = client.fetch([uid], [f"BODY.PEEK[]<0.{most}>"])
        return next(
            (bytes(value) for key, value in found.get(uid, {}).items() if key.startswith(b"BODY")), b""
        )

    def mark_read(self, uids: Collection[int]) -> None:
        with self.asking() as client:
            client.add_flags(list(uids), [SEEN], silent=True)

    def delete(self, uids: Collection[int]) -> None:
        """For good, where the server can expunge these alone; else they stay marked as deleted."""
        with self.asking() as client:
            client.add_flags(list(uids), [DELETED], silent=True)
            with suppress(CapabilityError):
                client.uid_expunge(list(uids))

    def move(self, uids: Collection[int], folder: str) -> None:
        """Into a folder, which is made when it is missing."""
        folder = self._seen_to(folder)
        with self.asking(refused="target") as client:
            if client.has_capability("MOVE"):
                client.move(list(uids), folder)
                return
            client.copy(list(uids), folder)
        self.delete(uids)

    def wait(self, *, seconds: float, is_over: Callable[[], bool]) -> None:
        """Return at news of the folder or after so many seconds; at once when it is over."""
        with self.asking() as client:
            client.capabilities()  # known now, the library does not ask for them in the middle of waiting
            news = _start_idling(client)
        if not news:
            with troubles():
                self._idle(seconds, is_over)
        with self.asking() as client:
            client.idle_done()

    def _idle(self, seconds: float, is_over: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds
        while not is_over() and (left := deadline - time.monotonic()) > 0:
            began, pause = time.monotonic(), min(left, 30.0)
            # Woken early without news: perhaps the connection is gone, which the next command tells.
            if self.client.idle_check(timeout=pause) or time.monotonic() - began < pause / 2:
                return

    @property
    def can_wait(self) -> bool:
        """Whether the server tells by itself when mail comes (IDLE)."""
        with self.asking() as client:
            return bool(client.has_capability("IDLE"))

    def cut(self) -> None:
        """From another thread: whatever it waits for ends now."""
        with suppress(OSError):
            self.client.socket().shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Say goodbye, and close in any case."""
        with suppress(Exception):
            self.client.socket().settimeout(5)
            self.client.logout()
        with suppress(Exception):
            self.client.shutdown()

    def _seen_to(self, folder: str) -> str:
        """The folder as this server writes its name; made when it is missing."""
        with self.asking(refused="target") as client:
            if client.folder_exists(folder):
                return folder
            here = _as_written_here(client, folder)
            if here == folder or not client.folder_exists(here):
                client.create_folder(here)
            return here

    def _search(self, criteria: list[object]) -> list[int]:
        with self.asking() as client:
            return [int(uid) for uid in client.search(criteria)]


def _as_written_here(client: Client, folder: str) -> str:
    """`Archive/2026` with this server's sign between folders, below the place where one's own folders are."""
    prefix, sign = "", "/"
    with suppress(CapabilityError):
        own = client.namespace().personal
        prefix, sign = own[0] if own else (prefix, sign)
    name = folder.replace("/", sign) if sign else folder
    return name if name.startswith(prefix) else prefix + name


@contextmanager
def opened(
    server: Server, sign_in: Callable[[Client], None], *, patience: float | None = None
) -> Iterator[Session]:
    """A signed-in session; `sign_in` does that. patience: seconds for each step. Raises Trouble."""
    if server.security == "plain" and server.host.lower() not in LOOPBACK:
        raise Trouble("plain-elsewhere")
    with troubles(refused="not-imap"):
        client = Client(server, patience=patience)
    session = Session(client)
    try:
        if server.security == "starttls":
            _secure(client)
        with troubles(refused="sign-in"):
            sign_in(client)
        yield session
    finally:
        session.end()


def _secure(client: Client) -> None:
    with troubles(refused="encryption"):
        client.starttls(secure_context())


@contextmanager
def troubles(*, refused: str = "refused") -> Iterator[None]:
    """What the wire raises, as a Trouble; refused: when the server said no."""
    try:
        yield
    except Trouble:
        raise
    except reaching.NotAllowed:
        raise Trouble("not-reachable") from None
    except ssl.SSLCertVerificationError as error:
        raise Trouble("certificate") from error
    except LoginError as error:  # the library says so too when the connection broke meanwhile
        raise Trouble("cut" if isinstance(error.__context__, imaplib.IMAP4.abort) else "sign-in") from error
    except imaplib.IMAP4.abort as error:
        raise Trouble(refused if refused in BEFORE_SIGN_IN and _is_foreign(error) else "cut") from error
    except TimeoutError as error:
        raise Trouble("silent") from error
    except ssl.SSLError as error:
        raise Trouble("encryption") from error
    except ConnectionRefusedError as error:
        raise Trouble("silent") from error
    except OSError as error:
        raise Trouble("cut" if isinstance(error, ConnectionError) else "silent") from error
    except (imaplib.IMAP4.error, ProtocolError, ValueError, KeyError, IndexError, AssertionError) as error:
        raise Trouble("cut" if _is_goodbye(error) else refused) from error


def _is_foreign(error: Exception) -> bool:
    """Whether it is not what we came for; the library has one error for this and for a broken line."""
    return any(sign in str(error) for sign in ("unexpected", "TLS not supported"))


def _is_goodbye(error: Exception) -> bool:
    """Whether the server went away politely, which the library takes for a refusal here and there."""
    return "BYE" in str(error)


def _start_idling(client: Any) -> bool:
    """Whether there is news already. The library takes news before the server's consent for an error."""
    wire = client._imap
    client._idle_tag = wire._command("IDLE")
    news = False
    while wire._get_response() is not None:
        if wire.tagged_commands.get(client._idle_tag):
            raise imaplib.IMAP4.error("IDLE was refused")
        news = True
    return news or _has_more(client)


def _has_more(client: Any) -> bool:
    """Whether something was read along with the last line; nobody would be told of it any more."""
    line = client.socket()
    line.settimeout(0)
    try:
        return bool(client._imap.file.peek(1))
    except OSError:
        return False
    finally:
        client._set_read_timeout()


def _moment(told: datetime | None) -> datetime:
    """When the server got it; a server that does not say gets the present."""
    if told is None:
        return clock.now()
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
