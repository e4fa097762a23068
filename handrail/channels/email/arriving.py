"""One mail while it comes in over SMTP: read to its very end, held only while it is not too much."""

import asyncio
from dataclasses import dataclass, field

from handrail.channels.email import limits

#: A mail ends with a dot alone on its line, and lines end with CR LF: nothing else counts as the end. Servers
#: that also took a bare LF let one mail smuggle in a second (CVE-2024-27305).
END = b"\r\n.\r\n"
#: More than the stream ever holds, so that reading so much empties it.
WHOLE_STREAM_BYTES = 1024 * 1024
#: Somebody who goes on sending beyond so many times the limit is cut off.
PATIENCE = 4


class TooLarge(Exception):
    """The mail was read to its end but not kept."""


class TooBusy(Exception):
    """All conversations together hold too much; this mail was read to its end but not kept."""


@dataclass
class Load:
    """What all conversations of this process hold together, so that they cannot take the whole memory."""

    connections: int = 0
    mails: int = 0
    mail_bytes: int = 0
    most_connections: int = 200
    most_mail_bytes: int = 150 * limits.MB


@dataclass
class Arriving:
    """The bytes so far."""

    load: Load
    #: Starts with a line's end, so that a lone dot is found on the first line too.
    held: bytearray = field(default_factory=lambda: bytearray(b"\r\n"))
    counted: int = 0
    total: int = 0
    refusal: type[Exception] | None = None

    async def read(self, stream: asyncio.StreamReader) -> bytes:
        """The mail without its last dot, and without the dots that guard dots. Raises TooLarge, TooBusy.

        What is too large is read to its end, for the sender hears the answer only then, but not kept.
        """
        while (end := self._add(await stream.read(WHOLE_STREAM_BYTES))) < 0:
            pass
        if rest := bytes(self.held[end + len(END) :]):  # the next commands came along
            stream.feed_data(rest)
        if self.refusal:
            raise self.refusal
        mail = bytes(memoryview(self.held)[: end + 2])
        self.held = bytearray()
        return mail.replace(b"\r\n.", b"\r\n")[2:]

    def release(self) -> None:
        """The mail is kept, refused or lost: others may take its place."""
        self.load.mail_bytes -= self.counted
        self.counted = 0

    def _add(self, block: bytes) -> int:
        """Where the mail ends, or -1."""
        if not block:
            raise ConnectionResetError("the sender went away in the middle of a mail")
        seen = max(0, len(self.held) - len(END) + 1)
        self.held += block
        self.total += len(block)
        end = self.held.find(END, seen)
        if end < 0:
            self._judge(len(block))
        elif end > limits.MAIL_BYTES:
            self.refusal = TooLarge
        return end

    def _judge(self, added: int) -> None:
        self.counted += added
        self.load.mail_bytes += added
        if self.total > PATIENCE * limits.MAIL_BYTES:
            raise ConnectionResetError("the sender does not stop")
        if self.refusal is None and self.total > limits.MAIL_BYTES:
            self.refusal = TooLarge
        elif self.refusal is None and self.load.mail_bytes > self.load.most_mail_bytes:
            self.refusal = TooBusy
        if self.refusal:
            del self.held[: -len(END)]
            self.release()
