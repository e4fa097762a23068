"""A small server for the pages of this room, which need no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler


class Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread, as browsers ask for many files at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The address under which the pages of this process are served meanwhile."""
    with Server(("127.0.0.1", 0), Quiet) as server:
        server.set_app(WSGIHandler())
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
