"""One port for two kinds of answers: pages by WSGI in threads, streams by ASGI in the event loop."""
