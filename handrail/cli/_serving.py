"""How granian is set for us."""

import importlib.util
import os
import signal
from collections.abc import Callable
from typing import Any

from handrail.kit.processes import dying_with_parent
from handrail.kit.serving.streams import tell_workers_before_the_end
from handrail.kit.settings import CHECKOUT, environment
from handrail.kit.supervision import check_port

THREADS = 8
BACKLOG = 4096  # each open stream counts as a connection in waiting
STREAMS_END_WITHIN_SECONDS = 4


def serve(target: str, *, host: str, port: int, workers: int) -> None:
    """Serves until SIGTERM; open streams are cut soon after it. A worker that dies is replaced."""
    from granian import Granian  # slow import
    from granian.constants import Interfaces
    from granian.log import LogLevels

    check_port(host, port, what_for="the web server", setting="HANDRAIL_PORT")
    wsgi = target.startswith("handrail.wsgi")
    server = Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI if wsgi else Interfaces.ASGINL,
        workers=workers,
        blocking_threads=THREADS if wsgi else None,
        backlog=BACKLOG,
        backpressure=None if wsgi else BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=STREAMS_END_WITHIN_SECONDS,
        reload=environment.HANDRAIL_DEBUG and has_watcher(),
        reload_paths=[CHECKOUT / "handrail"],
        reload_ignore_paths=[CHECKOUT / "handrail" / "ui" / "static"],
    )
    server.on_startup(tell_workers_before_the_end)
    server.serve(target_loader=load)


def load(target: str) -> Callable[..., Any]:
    """In a worker: the application, and a tie to the main process so that no worker outlives it."""
    for what in (signal.SIGTERM, signal.SIGINT):
        signal.signal(what, signal.SIG_DFL)  # the main process's, inherited, would swallow it
    dying_with_parent(signal.SIGTERM, parent=os.getppid())()
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


def has_watcher() -> bool:
    """Reloading on change needs a package that only developers have."""
    return importlib.util.find_spec("watchfiles") is not None
