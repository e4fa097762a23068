"""Ends open streams when the server is told to stop, which would otherwise wait for them.

The server's main process tells its workers with SIGUSR1, shortly before it asks them to end.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import FrameType

from handrail.kit.serving.pages import Receive, Scope, Send

AsgiApplication = Callable[[Scope, Receive, Send], Awaitable[None]]


class Streams:
    """An ASGI application whose answers may go on for hours; each can be cut."""

    def __init__(self, application: AsgiApplication) -> None:
        self.application = application
        self.open: set[asyncio.Task[None]] = set()
        self.is_listening = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.listen_for_the_end()
        stream = asyncio.ensure_future(self.application(scope, receive, send))
        self.open.add(stream)
        try:
            await stream
        except asyncio.CancelledError:
            with suppress(Exception):  # the browser may be gone as well
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.open.discard(stream)

    def listen_for_the_end(self) -> None:
        if not self.is_listening:
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.end)
            self.is_listening = True

    def end(self) -> None:
        for stream in self.open:
            stream.cancel()


def tell_workers_before_the_end() -> None:
    """In the main process, after it has set its own handlers and before it starts workers."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # inherited: a worker without streams is not ended by it
    for what in (signal.SIGTERM, signal.SIGINT):
        signal.signal(what, telling(signal.getsignal(what)))


def telling(former: object) -> Callable[[int, FrameType | None], None]:
    def tell(number: int, frame: FrameType | None) -> None:
        for worker in multiprocessing.active_children():
            with suppress(ProcessLookupError, TypeError):
                os.kill(worker.pid, signal.SIGUSR1)  # type: ignore[arg-type]
        if callable(former):
            former(number, frame)

    return tell
