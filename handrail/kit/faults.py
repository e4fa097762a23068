"""Named points where a test lets this process fail: FAULT=point:nth:action.

`faults.point("files.before-rename")` stands at every commit, write, rename, queueing and sending. While no
fault is ordered it is an empty function. See docs/reference/fault-points.md.
"""

import errno
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from handrail.kit.environment import BadSetting
from handrail.kit.settings import environment

_SOURCES = Path(__file__).resolve().parents[1]
_POINT = re.compile(r"\bfaults\.point\(\s*\"([a-z0-9_.-]+)\"\s*\)(?:\s*# (.+))?")
_ORDER = re.compile(
    r"(?P<point>[a-z0-9_.-]+):(?P<nth>[1-9]\d*)(?P<on>\+?):(?P<action>[a-z]+)(?:[:(](?P<more>[\w.]+)\)?)?"
)


class Fault(Exception):
    """What the action `raise` raises."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in the sources where a fault can be ordered. about: the comment beside it."""

    name: str
    file: str
    about: str


@dataclass
class Order:
    """One fault: at the nth passing of a point, and with `and_on` at every later one too."""

    point: str
    nth: int
    and_on: bool
    act: Callable[[], None]
    passed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def read(cls, written: str) -> "Order":
        """From `point:nth:action`. Raises ValueError."""
        found = _ORDER.fullmatch(written.strip())
        if found is None:
            raise ValueError(f"“{written}” is not point:nth:action")
        act = _action(found["action"], found["more"] or "")
        return cls(point=found["point"], nth=int(found["nth"]), and_on=bool(found["on"]), act=act)

    def mind(self, name: str) -> None:
        if name != self.point:
            return
        with self.lock:
            self.passed += 1
            is_due = self.passed == self.nth or (self.and_on and self.passed > self.nth)
        if is_due:
            self.act()


def _nothing(_name: str, /) -> None:
    """No fault is ordered."""


#: Called as `faults.point("name")`, the name written out, each name at one place only.
point: Callable[[str], None] = _nothing


@contextmanager
def ordered(written: str) -> Iterator[None]:
    """Within this process, for the length of a test. Raises ValueError."""
    with _watched(_minding(orders(written))):
        yield


@contextmanager
def recorded() -> Iterator[set[str]]:
    """The names of all points that were passed meanwhile."""
    seen: set[str] = set()
    with _watched(seen.add):
        yield seen


def orders(written: str) -> list[Order]:
    """Faults parted by commas. Raises ValueError, also for a point that does not exist."""
    found = [Order.read(each) for each in written.split(",")]
    known = {each.name for each in points()}
    for order in found:
        if order.point not in known:
            raise ValueError(f"there is no fault point {order.point}")
    return found


def points() -> list[Point]:
    """Every point in the sources, by name."""
    files = [path for path in _SOURCES.rglob("*.py") if "tests" not in path.parts]
    found = [
        Point(name=name, file=path.relative_to(_SOURCES.parent).as_posix(), about=about)
        for path in files
        if path != Path(__file__).resolve()
        for name, about in _POINT.findall(path.read_text(encoding="utf-8"))
    ]
    return sorted(found, key=lambda each: each.name)


def _minding(found: Sequence[Order]) -> Callable[[str], None]:
    def mind(name: str, /) -> None:
        for order in found:
            order.mind(name)

    return mind


@contextmanager
def _watched(by: Callable[[str], None]) -> Iterator[None]:
    global point
    before, point = point, by
    try:
        yield
    finally:
        point = before


def _action(name: str, more: str) -> Callable[[], None]:
    if name == "delay":
        return lambda: time.sleep(float(more))
    if name == "oserror":
        return lambda: _fail(getattr(errno, more))
    actions = {"kill": _kill, "raise": _raise, "disconnect": _disconnect}
    if name not in actions:
        raise ValueError(f"there is no action {name}: kill, raise, oserror(ENOSPC), delay(2) or disconnect")
    return actions[name]


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _raise() -> None:
    raise Fault("ordered by FAULT")


def _fail(number: int) -> None:
    raise OSError(number, os.strerror(number))


def _disconnect() -> None:
    """The database's end of the connection is gone, as after a cut cable."""
    from django.db import connection  # app ready

    if connection.connection is not None:
        with suppress(OSError), socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _as_ordered() -> Callable[[str], None]:
    if not environment.FAULT:
        return _nothing
    try:
        return _minding(orders(environment.FAULT))
    except (ValueError, AttributeError) as wrong:
        raise BadSetting(f"FAULT cannot be used: {wrong}.") from None


point = _as_ordered()
