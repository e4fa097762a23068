"""What every day or every minute needs once: the worker does it when it starts and again and again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import structlog

log = structlog.get_logger()

#: Must be harmless when many processes do it, and when it is done twice.
Chore = Callable[[datetime], object]

_chores: list[Chore] = []
_done_on: dict[Chore, date] = {}
_often: dict[Chore, timedelta] = {}
_done_at: dict[Chore, datetime] = {}


def daily(chore: Chore) -> Chore:
    """Declare a function of the present moment as a chore of each day."""
    _chores.append(chore)
    return chore


def every(pause: timedelta) -> Callable[[Chore], Chore]:
    """Declare a chore that is done again after each pause; the worker looks every ten seconds."""

    def declare(chore: Chore) -> Chore:
        _often[chore] = pause
        return chore

    return declare


def do_what_is_due(*, at: datetime) -> None:
    """Each chore that this process has not done since. One that fails is tried again at the next call."""
    for chore, pause in _often.items():
        if chore not in _done_at or at - _done_at[chore] >= pause:
            chore(at)
            _done_at[chore] = at
    for chore in _chores:
        if _done_on.get(chore) != at.date():
            chore(at)
            _done_on[chore] = at.date()
            log.debug("upkeep.done", chore=chore.__name__)
