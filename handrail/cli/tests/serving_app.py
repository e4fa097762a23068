"""A small application for the tests of serving: pages that echo, a file, a slow page, an endless stream."""

import asyncio
import hashlib
import tempfile
import time
from pathlib import Path

from handrail.kit.serving.pages import Pages
from handrail.kit.serving.streams import Streams

LARGE = b"harbour " * 2**17  # 1 MB


def page(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/file":
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the server closes it
        file.write(LARGE)
        file.seek(0)
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        return environ["wsgi.file_wrapper"](file, 4096)
    if path.startswith("/slow/"):
        (Path(path.removeprefix("/slow")) / "begun").touch()
        time.sleep(0.5)
    if path == "/broken":
        raise ValueError("the page is broken")
    body = environ["wsgi.input"].read()
    if path.startswith("/kept/"):
        (Path(path.removeprefix("/kept")) / "kept").write_bytes(body)
    told = [path, environ["QUERY_STRING"], environ.get("HTTP_X_NAME", "-"), hashlib.sha256(body).hexdigest()]
    text = "\n".join(told).encode("latin-1")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


async def stream(scope, receive, send):
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    while True:
        await send({"type": "http.response.body", "body": b": ping\n\n", "more_body": True})
        await asyncio.sleep(0.1)


pages, streams = Pages(page, threads=2), Streams(stream)


async def application(scope, receive, send):
    await (streams if scope["path"] == "/live" else pages)(scope, receive, send)
