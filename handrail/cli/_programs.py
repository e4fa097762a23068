"""What `handrail up` keeps running."""

import signal
import sys
from pathlib import Path

from handrail.kit.postgres import Embedded
from handrail.kit.settings import CHECKOUT, environment
from handrail.kit.supervision import Program, command


def programs(database: Embedded | None, *, home: Path, watch: bool = False) -> list[Program]:
    """The database first, when it is ours: it is stopped last."""
    ours = [database_program(database)] if database is not None else []
    names = ["web", "smtp", *workers()]
    builder = [command("assets", [sys.executable, str(CHECKOUT / "bin" / "frontend"), "--watch"], home=home)]
    return ours + [command(name, command_line(name), home=home) for name in names] + builder * watch


def database_program(database: Embedded) -> Program:
    return Program(
        name="database",
        launch=lambda _output: database.spawn(),  # it writes its own log, which outlives us
        stop_with=signal.SIGINT,
        stop_last=True,
    )


def workers() -> list[str]:
    return ["worker", *(f"worker-{number}" for number in range(2, environment.HANDRAIL_WORKERS + 1))]


def command_line(name: str) -> list[str]:
    return [sys.executable, "-m", "handrail", name.partition("-")[0]]
