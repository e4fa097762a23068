"""One SMTP conversation: the library's dialogue, with the mail itself read in blocks and within bounds."""

import asyncio
import ssl
from typing import Any

from aiosmtpd.smtp import SMTP

from handrail.channels.email import limits
from handrail.channels.email.arriving import Arriving, Load, TooBusy, TooLarge

BLOCK_BYTES = 64 * 1024
TOO_LARGE = f"552 5.3.4 The mail has more than {limits.MAIL_BYTES // limits.MB} MB"
TOO_BUSY = "452 4.3.1 Too much mail at once, try again in a minute"
TOO_MANY = b"421 4.7.0 Too many connections, try again in a minute\r\n"


class Conversation(SMTP):
    """A connection from somebody who brings mail."""

    line_length_limit = BLOCK_BYTES

    def __init__(
        self, handler: object, *, load: Load, hostname: str, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=limits.MAIL_BYTES,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="Handrail",
            tls_context=tls,
            loop=asyncio.get_running_loop(),
        )
        self.load = load
        self.is_counted = False

    def connection_made(self, transport: Any) -> None:
        if self.is_counted:  # the same connection, encrypted from now on
            super().connection_made(transport)
            return
        if self.load.connections >= self.load.most_connections:
            transport.write(TOO_MANY)
            transport.close()
            return
        self.load.connections += 1
        self.is_counted = True
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.is_counted:
            self.load.connections -= 1
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self.is_counted:
            self._reset_timeout()  # who sends a large mail slowly is not idle
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return bool(super().eof_received()) if self.is_counted else False

    async def smtp_DATA(self, arg: str | None) -> None:
        """Take the mail; say 250 only when the handler says so."""
        if refusal := self._refusal(arg):
            await self.push(refusal)
            return
        await self.push("354 End the mail with a dot alone on its line")
        try:
            answer = await self._take()
        finally:
            self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push(answer)

    def _refusal(self, arg: str | None) -> str:
        if not (self.session and self.session.host_name):
            return "503 Error: send EHLO first"
        if not (self.envelope and self.envelope.rcpt_tos):
            return "503 Error: need RCPT command"
        return "501 Syntax: DATA" if arg else ""

    async def _take(self) -> str:
        assert self.envelope is not None
        arriving = Arriving(self.load)
        self.load.mails += 1
        try:
            self.envelope.content = await arriving.read(self._reader)
            return str(await self.event_handler.handle_DATA(self, self.session, self.envelope))
        except TooLarge:
            return TOO_LARGE
        except TooBusy:
            return TOO_BUSY
        finally:
            self.load.mails -= 1
            arriving.release()
