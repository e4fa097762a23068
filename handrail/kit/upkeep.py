"""What every day needs once: the worker does it when it starts and again each day."""

from collections.abc import Callable
from datetime import date, datetime

import structlog

log = structlog.get_logger()

#: Must be harmless when many processes do it, and when it is done twice.
Chore = Callable[[datetime], object]

_chores: list[Chore] = []
_done_on: dict[Chore, date] = {}


def daily(chore: Chore) -> Chore:
    """Declare a function of the present moment as a chore of each day."""
    _chores.append(chore)
    return chore


def do_what_is_due(*, at: datetime) -> None:
    """Each chore that this process has not done today. One that fails is tried again at the next call."""
    for chore in _chores:
        if _done_on.get(chore) != at.date():
            chore(at)
            _done_on[chore] = at.date()
            log.debug("upkeep.done", chore=chore.__name__)
