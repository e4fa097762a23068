"""Loading the demo company: its people by their rooms' own verbs, its year of tickets through the ledger.

All of it is one transaction: a load that is interrupted leaves nothing. One thread tells the year, the
caller's thread writes what was told, so that two processors share the work.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction

from handrail.demo.founding import found
from handrail.demo.stage import Stage
from handrail.demo.world.nouns import Arrived
from handrail.demo.world.world import FULL, World
from handrail.events import partitions
from handrail.kit import clock
from handrail.search import indexing
from handrail.tickets.ledger import Book, Page

SEED = 1
#: A page of the ledger is written when it holds so many facts.
PAGE = 8_000
#: Takes how many tickets have come so far, and how many there will be.
Progress = Callable[[int, int], None]


def load(
    *,
    seed: int = SEED,
    until: datetime | None = None,
    tickets: int = FULL,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Make the company and its year up to `until` (now by default) in an empty database."""
    world = World(seed=seed, until=until or clock.now(), tickets=tickets)
    with transaction.atomic(), indexing.rebuilt_at_the_end():
        company = found(world)
        partitions.ensure(first=world.year.starts_at.date(), last=world.until.date())
        _write_in_a_hurry()
        book = Book()
        stage = Stage(world, company, book)
        for page, done in _told(world, stage, book):
            page.write()
            progress(done, tickets)
        stage.finish()
        book.finish()
    _look_at_the_tables()
    progress(tickets, tickets)


def _told(world: World, stage: Stage, book: Book) -> Iterator[tuple[Page, int]]:
    """Full pages, as a second thread tells them; its failure is raised here."""
    pages: queue.Queue[tuple[Page, int] | BaseException | None] = queue.Queue(maxsize=2)

    def tell() -> None:
        try:
            done = 0
            for happening in world.happenings():
                stage.play(happening)
                done += isinstance(happening, Arrived)
                if len(book.page) >= PAGE and stage.is_quiet:
                    pages.put((book.turn_page(), done))
        except BaseException as failure:
            pages.put(failure)
        else:
            pages.put(None)

    threading.Thread(target=tell, name="teller", daemon=True).start()
    while (told := pages.get()) is not None:
        if isinstance(told, BaseException):
            raise told
        yield told


def _write_in_a_hurry() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB'")


def _look_at_the_tables() -> None:
    """Let the planner know how much there is."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
