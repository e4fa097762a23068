"""The live streams: a small ASGI application that sends addresses as server-sent events."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import close_old_connections

from handrail.events.live import gates
from handrail.events.live.gates import Viewer
from handrail.events.live.hub import Stream, hub

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: A comment line is sent this often, so that proxies keep the stream and the browser notices a dead one.
PING_SECONDS = 15
#: A stream may watch so many topics at once.
TOPICS_PER_STREAM = 50


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One stream: GET /live?topic=ticket:…&topic=team:…; 401 without a session, 403 from a foreign origin."""
    if scope["type"] != "http":
        return None
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if not _same_origin(headers):
        return await _refuse(send, 403)
    query = parse_qs(scope["query_string"].decode("latin-1"))
    asked = query.get("topic", [])[:TOPICS_PER_STREAM]
    viewer, topics = await asyncio.to_thread(_admit, headers.get("cookie", ""), asked)
    if viewer is None:
        return await _refuse(send, 401)
    stream = Stream(viewer=viewer, topics=frozenset(topics))
    return await _stream(stream, _seconds(query.get("age", [""])[0]), receive, send)


def _same_origin(headers: dict[str, str]) -> bool:
    return headers.get("origin", settings.BASE_URL) == settings.BASE_URL or (
        headers.get("sec-fetch-site", "") == "same-origin"
    )


def _admit(cookies: str, asked: list[str]) -> tuple[Viewer | None, list[str]]:
    try:
        viewer = gates.who_is(cookies)
        return viewer, gates.open_topics(viewer, asked) if viewer else []
    finally:
        close_old_connections()


def _seconds(milliseconds: str) -> float:
    """Of what a browser says; nothing when it says something else."""
    return int(milliseconds) / 1000 if re.fullmatch("[0-9]{1,9}", milliseconds) else 0


async def _stream(stream: Stream, page_age: float, receive: Receive, send: Send) -> None:
    try:
        await hub.join(stream, page_age=page_age)
        await _open(send, sorted(stream.topics))
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        try:
            await _pump(stream, gone, send)
        finally:
            gone.cancel()
    finally:
        hub.leave(stream)


async def _open(send: Send, topics: list[str]) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    hello = f"event: hello\ndata: {json.dumps({'topics': topics})}\n\n"
    await send({"type": "http.response.body", "body": hello.encode(), "more_body": True})


async def _pump(stream: Stream, gone: "asyncio.Future[None]", send: Send) -> None:
    """Send what arrives, a ping when nothing does, until the browser leaves or the stream is closed."""
    while not gone.done():
        waiting = asyncio.ensure_future(stream.queue.get())
        both: set[asyncio.Future[Any]] = {waiting, gone}
        await asyncio.wait(both, timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            body = ": ping\n\n"
        elif (message := waiting.result()) is None:
            break
        else:
            body = f"event: address\ndata: {message}\n\n"
        if not gone.done():
            await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
    if not gone.done():
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
