"""Fill the configured database with a large desk: tickets, messages, people, facts, search index.

The same for the same seed. It refuses a desk that holds tickets. Interrupted, the same command goes on
where it was. Indexes are dropped while rows come and made again at the end: nobody works meanwhile.
"""

import argparse
import multiprocessing
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from handrail.cli._complaint import Complaint
from handrail.cli._database import django_at_hand, let_go, prepare_django
from handrail.cli.demo import Bar

SLICE = 4_000
PEOPLE_SLICE = 50_000
YEARS = 3
STEPS = {"index": "indexes", "reference": "references"}
#: Pieces in which the words of the index are counted.
COUNTED_AT_ONCE = 250_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, default=1_000_000, help="how many (default 1000000)")
    parser.add_argument("--messages-each", type=float, default=5, help="on average (default 5)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another desk (default 1)")
    parser.add_argument("--processes", type=int, default=2, help="how many tell stories (default 2)")
    parser.add_argument("--until", default="", help="the last day, such as 2026-11-22 (default: today)")
    parser.add_argument("--really", action="store_true", help="also into a desk that holds tickets")


def measure(options: argparse.Namespace) -> dict[str, object]:
    began = time.monotonic()
    with django_at_hand():
        _begin(options)
        let_go()
        told = _tell(options)
        rows = time.monotonic() - began
        _finish(options)
    return {
        "tickets": options.tickets,
        "messages_told_now": told,
        "rows_seconds": round(rows, 1),
        "seconds": round(time.monotonic() - began, 1),
    }


def _begin(options: argparse.Namespace) -> None:
    """Found the company and take the indexes away, unless an earlier run did."""
    from handrail.cli.bench._loading import company, shelving  # app ready
    from handrail.cli.migrate import take_steps
    from handrail.events import partitions
    from handrail.tickets.models import Ticket

    take_steps()
    if shelving.begun():
        return
    if Ticket.objects.exists() and not options.really:
        raise Complaint("This desk holds tickets: load into an empty HANDRAIL_HOME, or say --really.")
    since, until = _years(options)
    company.found(seed=options.seed, at=since)
    partitions.ensure(first=since.date(), last=until.date())
    shelving.take_away()


def _tell(options: argparse.Namespace) -> int:
    """All slices that are missing, by several processes."""
    from handrail.cli.bench._loading import shelving  # app ready

    try:
        done = shelving.done_slices(_named(options))
    except ValueError as former:
        raise Complaint(f"A load with other options began here: go on with {former}.") from None
    let_go()
    slices = [each for each in _slices(options) if each[0] not in done]
    bar, count = Bar("tickets"), sum(1 for name in done if name[0] == "t")
    told = 0
    for name, messages in _in_processes(options, _tell_slice, slices):
        told += messages
        count += name[0] == "t"
        bar.show(min(count * SLICE, options.tickets), options.tickets)
    return told


def _finish(options: argparse.Namespace) -> None:
    """Indexes first, then references, which are checked by them; the words of the index beside both."""
    from handrail.cli.bench._loading import shelving  # app ready
    from handrail.search import vocabulary
    from handrail.search.models import Document
    from handrail.tickets.models import Ticket

    for step in STEPS:
        steps = shelving.missing(step)
        let_go()
        bar = Bar(STEPS[step])
        for place, _done in enumerate(_in_processes(options, _give_back, steps)):
            bar.show(place + 1, len(steps))
    bar, texts = Bar("words"), Document.objects.count()
    vocabulary.count_all(limit=COUNTED_AT_ONCE, told=lambda counted: bar.show(counted, texts))
    _settle()
    last = Ticket.objects.order_by("-number").values_list("number", flat=True).first()
    _say("SELECT setval('tickets_number', %s)", [last])
    shelving.forget()


def _settle() -> None:
    """Let the planner know how much there is, and which pages everybody may see."""
    from django.db import connection  # app ready

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _say(statement: str, values: list[Any]) -> None:
    from django.db import connection  # app ready

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _years(options: argparse.Namespace) -> tuple[datetime, datetime]:
    day = datetime.fromisoformat(options.until).replace(tzinfo=UTC) if options.until else datetime.now(UTC)
    until = day.replace(hour=6, minute=0, second=0, microsecond=0)
    return until - timedelta(days=365 * YEARS), until


def _named(options: argparse.Namespace) -> str:
    until = _years(options)[1].date()
    size = f"--tickets {options.tickets} --messages-each {options.messages_each}"
    return f"{size} --seed {options.seed} --until {until}"


def _people(options: argparse.Namespace) -> int:
    return max(50, int(options.tickets) // 4)


def _slices(options: argparse.Namespace) -> Iterable[tuple[str, int, int]]:
    for kind, count, size in (("p", _people(options), PEOPLE_SLICE), ("t", options.tickets, SLICE)):
        for first in range(0, count, size):
            yield f"{kind}{first}", first, min(first + size, count)


def _in_processes(options: argparse.Namespace, work: Callable[[Any], Any], tasks: list[Any]) -> Iterable[Any]:
    if not tasks:
        return
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(options.processes, initializer=_wake_up, initargs=(options,)) as pool:
        yield from pool.imap_unordered(work, tasks, chunksize=1)
        pool.close()
        pool.join()


_teller: Any = None
_options: Any = None


def _wake_up(options: argparse.Namespace) -> None:
    global _options
    prepare_django()
    _options = options


def _tell_slice(task: tuple[str, int, int]) -> tuple[str, int]:
    """One slice in one transaction, with the note that it is done."""
    from django.db import transaction  # app ready

    from handrail.cli.bench._loading import shelving

    name, first, last = task
    since, until = _years(_options)
    with transaction.atomic():
        _say("SET LOCAL synchronous_commit = off", [])
        teller = _the_teller()
        if name[0] == "p":
            teller.customers.write(first, last)
            messages = 0
        else:
            messages = teller.tell(first, last, since=since, until=until)
        shelving.note_slice(name, _named(_options))
    return name, messages


def _the_teller() -> Any:
    """Each process learns the company and its words once."""
    global _teller
    if _teller is None:
        from handrail.cli.bench._loading import company, people, stories  # app ready

        known = company.read()
        customers = people.Customers(known, count=_people(_options), since=_years(_options)[0])
        _teller = stories.Teller(
            known, customers, seed=_options.seed, tickets=_options.tickets, each=_options.messages_each
        )
    return _teller


def _give_back(number: int) -> int:
    from handrail.cli.bench._loading import shelving  # app ready

    shelving.give_back(number)
    return number
