"""The hub of a process: one LISTEN connection, many streams."""

import asyncio
import json
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
import structlog
from django.db import close_old_connections

from handrail.events.live import CHANNEL, gates
from handrail.events.live.gates import Viewer
from handrail.kit.connections import address

log = structlog.get_logger()

#: Sessions of open streams are checked this often; a revoked one ends within it.
CHECK_SECONDS = 4
#: A browser that reads slower than this many addresses behind is cut off and reconnects.
QUEUE_LIMIT = 256
#: A stream waits so long until this process hears of changes; then it begins all the same.
LISTENS_WITHIN_SECONDS = 5
#: What was handed out is remembered so long, and so much of it: for pages whose streams come late.
REMEMBERED_SECONDS, REMEMBERED = 60, 2_000


@dataclass(eq=False)
class Stream:
    """One open browser. `None` in its queue closes it."""

    viewer: Viewer
    topics: frozenset[str]
    queue: "asyncio.Queue[str | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT + 1))

    def put(self, message: str) -> None:
        if self.queue.qsize() < QUEUE_LIMIT:
            self.queue.put_nowait(message)
        else:
            self.close()

    def close(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """Hands each address to the streams that watch its topic."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Stream]] = {}
        self._streams: set[Stream] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._listens = asyncio.Event()
        self._lately: deque[tuple[float, str, str]] = deque(maxlen=REMEMBERED)

    async def join(self, stream: Stream, *, page_age: float = 0) -> None:
        """Hand this stream what comes from now on, and what came since its page was made.

        page_age: how many seconds ago that was, as the browser counts them.
        """
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._check())]
        self._streams.add(stream)
        for topic in stream.topics:
            self._by_topic.setdefault(topic, set()).add(stream)
        since = time.monotonic() - min(page_age, REMEMBERED_SECONDS)
        for at, topic, message in tuple(self._lately):
            if at >= since and topic in stream.topics:
                stream.put(message)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._listens.wait(), LISTENS_WITHIN_SECONDS)

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)
        for topic in stream.topics:
            watchers = self._by_topic.get(topic, set())
            watchers.discard(stream)
            if not watchers:
                self._by_topic.pop(topic, None)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hand_out()
            except (psycopg.Error, OSError) as error:
                self._listens.clear()
                log.warning("live.database_away", error=str(error).strip())
                await asyncio.sleep(1)
                self._close_all()

    async def _hand_out(self) -> None:
        async with await psycopg.AsyncConnection.connect(address(), autocommit=True) as listener:
            await listener.execute(f"LISTEN {CHANNEL}")
            self._listens.set()
            async for notice in listener.notifies():
                topic = json.loads(notice.payload)["topic"]
                self._lately.append((time.monotonic(), topic, notice.payload))
                for stream in tuple(self._by_topic.get(topic, ())):
                    stream.put(notice.payload)

    async def _check(self) -> None:
        """Close the streams of those who signed out, were suspended or lost their session."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            viewers = {stream.viewer for stream in self._streams}
            expired = await asyncio.to_thread(_expired, viewers)
            for stream in tuple(self._streams):
                if stream.viewer in expired:
                    stream.close()

    def _close_all(self) -> None:
        """Addresses may have been missed: browsers reconnect and fetch everything again."""
        for stream in tuple(self._streams):
            stream.close()


def _expired(viewers: set[Viewer]) -> set[Viewer]:
    try:
        return gates.expired(viewers)
    except Exception as error:
        log.warning("live.check_waits", error=str(error).strip())
        return set()
    finally:
        close_old_connections()


hub = Hub()
