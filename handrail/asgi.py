"""The web application for ASGI servers: live streams below /live, pages everywhere else, on one port."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")

from handrail.events.live.app import application as live
from handrail.kit.serving.pages import Pages, Receive, Scope, Send
from handrail.kit.serving.streams import Streams
from handrail.wsgi import application as wsgi_application

THREADS = 8

pages = Pages(wsgi_application, threads=THREADS)
live_alone = Streams(live)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope["path"]
    if path == "/live" or path.startswith("/live/"):
        await live_alone(scope, receive, send)
    else:
        await pages(scope, receive, send)
