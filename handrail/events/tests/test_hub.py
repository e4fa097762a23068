"""The hub of live streams: what is heard, by whom, and what a page gets whose stream comes later than it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from handrail.events.live import touch
from handrail.events.live.gates import Viewer
from handrail.events.live.hub import Hub, Stream

pytestmark = pytest.mark.django_db(transaction=True)


def stream_of(*topics: str) -> Stream:
    return Stream(viewer=Viewer(user_id=uuid4(), session_key="x"), topics=frozenset(topics))


def played(story: Callable[[Hub], Awaitable[None]]) -> None:
    """Let a story happen at a hub of its own, which ends with it.

    In a thread of its own: in that of the tests a browser's loop may be running already.
    """

    async def play() -> None:
        hub = Hub()
        try:
            await story(hub)
        finally:
            for task in hub._tasks:
                task.cancel()
            await asyncio.gather(*hub._tasks, return_exceptions=True)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(play())).result()


async def happens(topic: str, panel: str) -> None:
    def touches() -> None:
        touch(topic, panel)
        connection.close()

    await asyncio.to_thread(touches)


async def heard(stream: Stream) -> tuple[str, str]:
    message = await asyncio.wait_for(stream.queue.get(), 30)
    assert message is not None
    told = json.loads(message)
    return told["topic"], told["panel"]


def test_what_happens_right_after_somebody_joined_is_heard_even_by_the_first():
    async def story(hub: Hub) -> None:
        first = stream_of("ticket:42")
        await hub.join(first)

        await happens("ticket:7", "closure")
        await happens("ticket:42", "closure")

        assert await heard(first) == ("ticket:42", "closure")

    played(story)


def test_who_joins_late_hears_what_came_since_their_page_was_made_and_nothing_older():
    async def story(hub: Hub) -> None:
        first, late, just_now = (stream_of("ticket:42") for _ in range(3))
        await hub.join(first)
        await happens("ticket:7", "closure")
        await happens("ticket:42", "closure")
        await heard(first)

        await hub.join(late, page_age=30)
        await hub.join(just_now, page_age=0)

        assert await heard(late) == ("ticket:42", "closure")
        assert late.queue.empty()
        assert just_now.queue.empty()

    played(story)
