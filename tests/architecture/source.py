"""Our own source text, read once: which file, which module, which room, which floor."""

import ast
import configparser
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Rooms in small: each folder in here is a room of its own, on the floor of the folder it stands in.
CORRIDORS = ("channels", "integrations")
#: Folders that hold nothing of ours, or only what a machine made; by name, or by their whole path.
NOT_OURS = {".git", ".venv", "node_modules", "var", "dist", "__pycache__", "handrail/ui/static/build"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep the collector of garbage away.

    A browser's forgotten task that dies in the middle of a parse prints its stack; for the carets under the
    lines Python 3.11 parses once more within the first, which then fails with a SystemError about its depth.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True)
class Source:
    """One file of ours. path: relative to the root of the project, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file; for Python files only."""
        with nothing_collected():
            return ast.parse(self.text, filename=self.path)

    @property
    def module(self) -> str:
        """The dotted name: `handrail.tickets.models.ticket`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        """The room this file lies in: `tickets`, `channels.email`; empty beside the rooms."""
        return room_of(self.module)

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.split("/") or self.path == "conftest.py"


@cache
def floors() -> dict[str, int]:
    """The floor of every room that may exist, as `.importlinter` declares them; `kit` is 0."""
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter")
    lines = [line for line in linter["importlinter:contract:floors"]["layers"].splitlines() if line.strip()]
    return {
        room.strip(" ()"): floor for floor, line in enumerate(reversed(lines)) for room in line.split("|")
    }


def room_of(module: str) -> str:
    """The room of a dotted name; empty for what lies beside the rooms or is not ours."""
    parts = module.split(".")
    if len(parts) < 2 or parts[0] != "handrail" or parts[1] not in floors():
        return ""
    if parts[1] in CORRIDORS and len(parts) > 2 and (ROOT / "handrail" / parts[1] / parts[2]).is_dir():
        return f"{parts[1]}.{parts[2]}" if parts[2] != "tests" else parts[1]
    return parts[1]


def floor_of(room: str) -> int:
    return floors()[room.split(".")[0]]


def files(top: str = "") -> Iterator[Path]:
    """Every file of ours below a folder of the project, in a fixed order."""
    for folder, inside, names in os.walk(ROOT / top):
        here = Path(folder)
        inside[:] = sorted(name for name in inside if not is_foreign(here / name))
        yield from (here / name for name in sorted(names))


def is_foreign(folder: Path) -> bool:
    return folder.name in NOT_OURS or folder.relative_to(ROOT).as_posix() in NOT_OURS


@cache
def sources(*endings: str) -> tuple[Source, ...]:
    """All files of ours with one of these endings, without migrations."""
    return tuple(
        Source(path=path.relative_to(ROOT).as_posix(), text=path.read_text(encoding="utf-8"))
        for top in ("handrail", "tests", "bin")
        for path in files(top)
        if path.suffix in endings and path.parent.name != "migrations"
    )


def python() -> tuple[Source, ...]:
    """Every Python file of ours, with the tests and without migrations."""
    return sources(".py")


def templates() -> tuple[Source, ...]:
    return sources(".html")


def made_up(text: str, path: str = "handrail/tickets/views/made_up.py") -> Source:
    """A file that exists only in a rule's own test."""
    return Source(path=path, text=text)
