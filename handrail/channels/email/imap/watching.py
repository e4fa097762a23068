"""One worker looks at all mailboxes: a thread for each, so that one that hangs holds up no other.

Which worker looks at a mailbox is settled by a lock that its database connection holds: it is free again the
moment the worker dies. Two that believe to hold it still keep each mail once, by a constraint.
"""

import random
import threading
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from hashlib import sha256
from uuid import UUID

import psycopg
import structlog
from django.db import DatabaseError, InterfaceError, OperationalError

from handrail.channels.email.imap import session as sessions
from handrail.channels.email.imap.fetching import Fetcher, Stuck
from handrail.channels.email.imap.session import Session
from handrail.channels.email.imap.signing_in import server_of, signer
from handrail.channels.email.imap.tidying import tidy
from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad
from handrail.kit import clock, companions, connections, drains

log = structlog.get_logger()

#: Servers that tell of new mail are asked again after so long, those that do not after the shorter time.
IDLE_SECONDS = 240.0
POLL_SECONDS = 45.0
#: The pause after a failure doubles up to the longest; after a refused sign-in it grows longer, for some
#: servers lock an account that is tried too often.
SHORTEST_PAUSE, LONGEST_PAUSE = 10.0, 80.0
PAUSE_AFTER_REFUSAL = 600.0
REFUSALS = frozenset({"sign-in", "consent", "no-secret", "certificate"})
#: A command that takes longer than this is cut off, however lively the server seems.
MOST_BUSY_SECONDS = 300.0
#: How often the list of mailboxes is compared with the threads, should a wake-up be lost.
COMPARE_EVERY_SECONDS = 5.0
DATABASE_PAUSE_SECONDS = 2.0


class Watched(threading.Thread):
    """One mailbox, looked at until told otherwise. It knows the mailbox as it was set up at `changed_at`."""

    def __init__(self, road: ImapRoad) -> None:
        super().__init__(name=f"imap {road.pk}", daemon=True)
        self.road_id, self.changed_at = road.pk, road.changed_at
        self.over = threading.Event()
        self.session: Session | None = None
        self.stuck = Stuck()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                pause = self._look_until_trouble()
            except (OperationalError, InterfaceError, DatabaseError) as error:
                log.warning("imap.database_away", mailbox=str(self.road_id), error=str(error).strip())
                pause = DATABASE_PAUSE_SECONDS
            except (ImapRoad.Changed, ImapRoad.DoesNotExist):
                return  # whoever compares starts another
            finally:
                connections.let_go()
            self.over.wait(pause)

    def end(self) -> None:
        """Stop soon; what the server is being asked for is cut off."""
        self.over.set()
        if session := self.session:
            session.cut()

    def mind_the_time(self) -> None:
        """Cut off a command that takes too long."""
        session = self.session
        busy_since = session.busy_since if session else None
        if session and busy_since and time.monotonic() - busy_since > MOST_BUSY_SECONDS:
            session.cut()

    def _look_until_trouble(self) -> float:
        """Returns how long to pause."""
        road = ImapRoad.objects.select_related("account").get(pk=self.road_id, changed_at=self.changed_at)
        try:
            with sessions.opened(server_of(road), signer(road)) as self.session:
                self._look_again_and_again(road, self.session)
            return 0.0
        except Trouble as trouble:
            return self._note(road, trouble.key)
        except (ImapRoad.Changed, DatabaseError, InterfaceError):
            raise
        except Exception as error:
            log.error("imap.failed", mailbox=str(self.road_id), exc_info=error)
            return self._note(road, "ours")
        finally:
            self.session = None

    def _look_again_and_again(self, road: ImapRoad, session: Session) -> None:
        can_wait = session.can_wait
        while not self.over.is_set():
            before = road.last_uid
            Fetcher(road, session, self.stuck).fetch_new()
            is_tidy = self._tidy(road, session)
            connections.let_go()  # idle mailboxes hold no connection of the pool
            if road.last_uid != before:
                continue  # what came meanwhile was told among the answers to that, and is not told once more
            if can_wait:
                session.wait(seconds=IDLE_SECONDS if is_tidy else LONGEST_PAUSE, is_over=self.over.is_set)
            else:
                self.over.wait(POLL_SECONDS)

    def _tidy(self, road: ImapRoad, session: Session) -> bool:
        """Whether all is tidy. A folder that takes nothing holds up no new mail: that comes in as before."""
        try:
            tidy(road, session)
        except Trouble as trouble:
            if trouble.key != "target":
                raise
            log.warning("imap.untidy", mailbox=str(self.road_id))
            road.left_untidy(trouble.key, at=clock.now())
            return False
        road.looked(at=clock.now())
        return True

    def _note(self, road: ImapRoad, trouble: str) -> float:
        if self.over.is_set():
            return 0.0
        log.warning("imap.trouble", mailbox=str(self.road_id), trouble=trouble)
        road.failed(trouble, at=clock.now())
        return pause_after(road.failures, refused=trouble in REFUSALS)


def pause_after(failures: int, *, refused: bool) -> float:
    """Seconds, longer after each failure, and never the same for many mailboxes."""
    longest = PAUSE_AFTER_REFUSAL if refused else LONGEST_PAUSE
    pause: float = min(SHORTEST_PAUSE * 2 ** min(failures - 1, 10), longest)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


@companions.companion("mailboxes")
def watch(stop: threading.Event) -> None:
    """Look at every mailbox that no other worker looks at, until told to stop."""
    while not stop.is_set():
        watching = Watching()
        try:
            watching.run(stop)
        except (psycopg.OperationalError, OperationalError, InterfaceError) as error:
            log.warning("imap.database_away", error=str(error).strip())
            stop.wait(DATABASE_PAUSE_SECONDS)
        finally:
            watching.end()
            connections.let_go()


class Watching:
    """The mailboxes this worker holds the locks of, with their threads."""

    def __init__(self) -> None:
        self.watched: dict[UUID, Watched] = {}

    def run(self, stop: threading.Event) -> None:
        """Raises what psycopg raises when the connection, and with it every lock, is lost."""
        news = companions.News(drains.channel("mailboxes"))
        with closing(news), psycopg.connect(connections.address(), autocommit=True) as holder:
            while not stop.is_set():
                self.compare(holder)
                news.wait(stop, seconds=COMPARE_EVERY_SECONDS)

    def compare(self, holder: "psycopg.Connection[tuple[object, ...]]") -> None:
        """Begin with what is new, end what is over, begin anew with what changed."""
        roads = {road.pk: road for road in ImapRoad.objects.walked()}
        connections.let_go()
        for key, watched in list(self.watched.items()):
            road = roads.get(key)
            watched.mind_the_time()
            if road is None or road.changed_at != watched.changed_at or not watched.is_alive():
                self._let_go([watched])
                holder.execute("SELECT pg_advisory_unlock(%s)", [lock_of(key)])
        for key in roads.keys() - self.watched.keys():
            row = holder.execute("SELECT pg_try_advisory_lock(%s)", [lock_of(key)]).fetchone()
            if row and row[0]:
                self.watched[key] = Watched(roads[key])
                self.watched[key].start()

    def end(self) -> None:
        self._let_go(list(self.watched.values()))

    def _let_go(self, watched: Iterable[Watched]) -> None:
        gone = list(watched)
        for each in gone:
            each.end()
        deadline = time.monotonic() + 5
        for each in gone:
            with suppress(RuntimeError):  # it never began
                each.join(timeout=max(0.0, deadline - time.monotonic()))
            self.watched.pop(each.road_id, None)


def lock_of(road_id: UUID) -> int:
    """The number of a mailbox's lock, of 64 bits with a sign."""
    return int.from_bytes(sha256(b"handrail.imap" + road_id.bytes).digest()[:8], "big", signed=True)
