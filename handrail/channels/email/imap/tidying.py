"""What happens on the server to mail that is kept here: nothing, read, moved or deleted.

Only mail whose bytes we have is touched, and never history. A fetcher that died goes on where it was.
"""

from collections.abc import Callable, Collection

from handrail.channels.email.imap.fetching import WHOLE, known_uids
from handrail.channels.email.imap.session import Session
from handrail.channels.email.models import ImapRoad
from handrail.kit import faults

#: So many mails are changed by one command.
AT_ONCE = 200


def tidy(road: ImapRoad, session: Session) -> None:
    """Do what is left to do for everything that was kept. Raises Trouble."""
    change = _changes(road, session).get(road.afterwards)
    first, last = road.tidied_uid + 1, road.last_uid
    if first > last:
        return
    if change:
        for uids in session.uids(first, last):
            for start in range(0, len(uids), AT_ONCE):
                _tidy_some(road, uids[start : start + AT_ONCE], change)
    road.tidied(last)


def _tidy_some(road: ImapRoad, uids: list[int], change: Callable[[Collection[int]], None]) -> None:
    ours = known_uids(road, uids, is_history=False, source=WHOLE)
    if ours:
        faults.point("imap.before-tidy")  # kept, and not yet marked, moved or deleted
        change(sorted(ours))
        faults.point("imap.after-tidy")  # marked, moved or deleted, and not yet remembered
    road.tidied(uids[-1])


def _changes(road: ImapRoad, session: Session) -> dict[str, Callable[[Collection[int]], None]]:
    return {
        road.Afterwards.READ: session.mark_read,
        road.Afterwards.MOVE: lambda uids: session.move(uids, road.move_to),
        road.Afterwards.DELETE: session.delete,
    }
