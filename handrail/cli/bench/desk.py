"""The desk over the configured data: how long lists, tickets, searches and deeds take.

Whole HTTP answers, warm; p50 and p95 in milliseconds, cpu_ms of the web processes and the database for each.
For a desk that `handrail bench load` made: it answers tickets, opens new ones and tags thousands there.
"""

import argparse
import itertools
import random
import socketserver
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from handrail.cli._complaint import Complaint
from handrail.cli.bench._course import WARM_UP, Deed, alone, together
from handrail.cli.bench._memory import database_of, held_by
from handrail.cli.bench._trial import LEADER, Trial, free_port, loaded_desk
from handrail.cli.bench._visiting import Browser, let_in, wait_for_web
from handrail.cli.bench.outgoing import Sink

AGENTS, CUSTOMERS = range(5, 13), 60
VIEWS = ("mine", "unassigned", "open", "waiting", "closed", "team-freight-open", "open?q=priority:high")
WITH_MESSAGES = """
    SELECT number FROM tickets_ticket AS ticket
     WHERE status = 'closed' AND number >= (SELECT max(number) FROM tickets_ticket) - 40000
       AND (SELECT count(*) FROM tickets_message WHERE ticket_id = ticket.id) = {count}
     ORDER BY number LIMIT 20
"""
WORDS = """
    SELECT word FROM search_word
     WHERE length(word) > 3 AND documents BETWEEN {least} AND {most} ORDER BY word
"""
LIVE = """
    SELECT number FROM tickets_ticket
     WHERE status = 'open' AND owner_id IS NOT NULL ORDER BY number DESC LIMIT 4000
"""
CLOSED = "SELECT number FROM tickets_ticket WHERE status = 'closed' ORDER BY number DESC LIMIT {count}"
TAGGED = """
    SELECT count(*) FROM tickets_tagging JOIN tickets_tag ON tag_id = tickets_tag.id WHERE name = '{tag}'
"""
COUNTS = {
    "tickets": "SELECT count(*) FROM tickets_ticket",
    "messages": "SELECT count(*) FROM tickets_message",
    "live_tickets": "SELECT count(*) FROM tickets_ticket WHERE status IN ('new', 'open', 'waiting', 'hold')",
}
#: Not the newest: those are what earlier runs wrote, again and again the same.
MIDDLE_WORDS = """
    SELECT array_to_string(tsvector_to_array(vector), ' ') FROM search_document
     WHERE kind = 'message' AND id > (SELECT max(id) / 2 FROM search_document) ORDER BY id LIMIT 500
"""
DOCUMENTS = "SELECT reltuples::bigint FROM pg_class WHERE relname = 'search_document'"
PREPARE = """
from handrail.accounts import roles, throttling
from handrail.accounts.models import Brand, User
from handrail.portal.paces import WRITING
from handrail.customers.models import Person
from handrail.kit import clock
role, brands = roles.ensure_built_in()["customer"], list(Brand.objects.order_by("key")[:1])
at = clock.now()
for number in range({customers}):
    email = f"customer{{number}}@bench.example"
    if known := User.objects.filter(email=email).first():
        throttling.forget(WRITING, known.pk)  # a trial within the hour may write as much again
        continue
    user = User.objects.invite(email=email, name=f"Customer {{number}}", role=role, brands=brands, at=at)
    person = Person.at_address(address=email, name=user.name, brand=brands[0], at=at)
    person.identities.get().prove(user, at=at)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--times", type=int, default=200, help="how often each is done (default 200)")
    parser.add_argument("--clients", type=int, default=8, help="clients at once (default 8)")
    parser.add_argument("--bulk", type=int, default=10_000, help="tickets of the bulk order (default 10000)")
    parser.add_argument("--only", default="", help="only figures whose name holds this")


def measure(options: argparse.Namespace) -> dict[str, object]:
    with loaded_desk() as desk, _sink() as mail_url:
        port = free_port()
        around = {"HANDRAIL_PORT": str(port), "HANDRAIL_MAIL_URL": mail_url}
        desk.run("shell", "--command", PREPARE.format(customers=CUSTOMERS), **around)
        desk.start("web", **around)
        wait_for_web(port)
        return _figures(desk, Bench(desk, port, options), options, around)


def _figures(
    desk: Trial, bench: "Bench", options: argparse.Namespace, around: dict[str, str]
) -> dict[str, object]:
    """Every figure whose name is wanted, in the order of the day: reading first, since writing changes it."""
    wanted = {name: work for name, work in bench.works().items() if options.only in name}
    told: dict[str, object] = {name: desk.ask(question) for name, question in COUNTS.items()}
    for name, work in wanted.items():
        told[name] = work()
        print(f"  {name}: {told[name]}", file=sys.stderr, flush=True)
    told["web_and_database_mb"] = _memory(desk)
    if options.bulk and options.only in "bulk":
        desk.start("worker", **around)
        told["bulk"] = bench.bulk(options.bulk)
        told["with_worker_mb"] = _memory(desk)
    return told


def _memory(desk: Trial) -> dict[str, float]:
    """What the processes hold (PSS), in megabytes."""
    held = {name: round(held_by(process.pid), 1) for name, process in desk.processes.items()}
    held["database"] = round(database_of(desk), 1)
    return {**held, "in_all": round(sum(held.values()), 1)}


class Bench:
    """What is done, each by its name."""

    def __init__(self, desk: Trial, port: int, options: argparse.Namespace) -> None:
        self.desk, self.times, self.clients = desk, options.times, options.clients
        people = [LEADER, *(f"agent{number}@bench.example" for number in AGENTS)]
        customers = [f"customer{number}@bench.example" for number in range(CUSTOMERS)]
        doors = let_in(desk, port, [*people, *customers])
        self.agents, self.customers = doors[: len(people)], doors[len(people) :]
        self.leader = self.agents[0]()
        self.chance = random.Random(1)  # noqa: S311 - nothing is secret here
        self.live = itertools.cycle(self._column(LIVE))

    def works(self) -> dict[str, Callable[[], dict[str, float]]]:
        rare = self._column(WORDS.format(least=20, most=80))
        common = self._column(WORDS.format(least=self._share(0.08), most=self._share(0.4)))
        middle = self._column(WORDS.format(least=self._share(0.001), most=self._share(0.4)))
        typed = [word[:length] for word in self._some(middle, WARM_UP // 3) for length in (2, 3, 4)]
        pairs = self._together_in_texts(set(common))
        lists = {f"list_{view}": self._reading([f"/inbox/{view}"]) for view in VIEWS}
        return {
            **lists,
            "counts_of_views": self._reading(["/inbox/open/news?shown=&touched="]),
            "ticket_of_10_messages": self._reading(self._tickets(10)),
            "ticket_of_200_messages": self._reading(self._tickets(200)),
            "search_rare_word": self._reading(self._searches(self._some(rare, WARM_UP))),
            "search_rare_word_asked_first": self._reading(self._searches(self._some(rare, 100))),
            "search_two_common_words": self._reading(self._searches(pairs)),
            "search_as_typed": self._reading([f"/inbox/jump?q={words}" for words in typed]),
            "reply": lambda: alone(self.desk, self._answering(self.leader), times=self.times),
            "macro": lambda: alone(self.desk, self._with_macro(self.leader), times=self.times),
            "lists_with_clients": lambda: self._together([self._listing() for _each in range(self.clients)]),
            "new_tickets_with_clients": lambda: self._together(
                [self._asking(place) for place in range(self.clients)]
            ),
            "mixed_work_with_clients": lambda: self._together(
                [self._working(place) for place in range(self.clients)]
            ),
        }

    def _together_in_texts(self, common: set[str]) -> list[str]:
        """Two common words that somebody wrote in one message."""
        texts = [set(text.split()) & common for text in self._column(MIDDLE_WORDS)]
        return [" ".join(self.chance.sample(sorted(words), 2)) for words in texts if len(words) > 1][:WARM_UP]

    def bulk(self, tickets: int) -> dict[str, float]:
        """Tag so many of the newest closed tickets, from the first form to the last row."""
        numbers = self._column(CLOSED.format(count=tickets))
        tag = f"bulk-{uuid.uuid4().hex[:8]}"
        browser = self.agents[0]()
        began = time.monotonic()
        order = browser.post("/tickets/bulk", number=",".join(map(str, numbers)))
        browser.post(order, tag=tag)
        browser.post(f"{order}/run")
        tagged = TAGGED.format(tag=tag)
        while self.desk.ask(tagged) < len(numbers):
            if time.monotonic() - began > 600:
                raise Complaint("The bulk order does not come to its end.")
            time.sleep(0.2)
        return {"tickets": len(numbers), "seconds": round(time.monotonic() - began, 1)}

    def _reading(self, paths: Sequence[str]) -> Callable[[], dict[str, float]]:
        if not paths:
            raise Complaint("This desk is too small: load at least 20000 tickets.")
        return lambda: alone(
            self.desk, lambda number: self.leader.get(paths[number % len(paths)]), times=self.times
        )

    def _together(self, deeds: Sequence[Deed]) -> dict[str, float]:
        return together(self.desk, deeds, times=self.times * 4)

    def _listing(self) -> Deed:
        browser = self.agents[0]()
        return lambda _number: browser.get("/inbox/open")

    def _answering(self, browser: Browser) -> Deed:
        """A fresh ticket each time; its page was seen before, which is not counted."""

        def answer(_number: int) -> object:
            return browser.post(
                f"/tickets/{next(self.live)}/replies", body="It is in the van.", key=uuid.uuid4()
            )

        return answer

    def _with_macro(self, browser: Browser) -> Deed:
        macro = self._macro()
        return lambda _number: browser.post(f"/tickets/{next(self.live)}/macros/{macro}")

    def _macro(self) -> str:
        """A macro that tags and sets the priority, made as an agent makes it."""
        name = f"Bench {uuid.uuid4().hex[:6]}"
        self.leader.post("/macros/new", name=name, whose="mine", mode="note", tag="bench-macro", priority="3")
        (found,) = self._column(f"SELECT id FROM tickets_macro WHERE name = '{name}'")  # noqa: S608
        return str(found)

    def _asking(self, place: int) -> Deed:
        """New tickets by the form of the portal; each customer writes a few."""
        own = [door() for door in self.customers[place :: self.clients]]

        def ask(number: int) -> object:
            words = f"Where is my parcel {place} {number}?"
            browser = own[number % len(own)]
            return browser.post(
                "/help/requests", subject=words, text=f"{words} It should be here.", key=uuid.uuid4()
            )

        return ask

    def _working(self, place: int) -> Deed:
        """What an agent does: mostly reading, now and then a word."""
        browser = self.agents[1 + place % (len(self.agents) - 1)]()
        words, tickets = self._some(self._column(WORDS.format(least=20, most=5000)), 50), self._tickets(5)
        answer = self._answering(self.agents[0]())

        def work(number: int) -> object:
            turn = number % 20
            if turn == 0:
                return answer(number)
            if turn in (5, 15):
                return browser.get(f"/inbox/search?q={words[number % len(words)]}")
            if turn % 2:
                return self.leader_like(place).get(tickets[number % len(tickets)])
            return browser.get(f"/inbox/{('mine', 'open', 'unassigned')[number % 3]}")

        return work

    def leader_like(self, place: int) -> Browser:
        """A browser of somebody who sees every ticket, one for each client."""
        known = self.__dict__.setdefault("_leaders", {})
        if place not in known:
            known[place] = self.agents[0]()
        browser: Browser = known[place]
        return browser

    def _tickets(self, count: int) -> list[str]:
        return [f"/tickets/{number}" for number in self._column(WITH_MESSAGES.format(count=count))]

    def _searches(self, questions: Sequence[str]) -> list[str]:
        return [f"/inbox/search?q={words.replace(' ', '+')}+" for words in questions]

    def _some(self, found: Sequence[str], count: int) -> list[str]:
        return self.chance.sample(found, min(count, len(found)))

    def _share(self, part: float) -> int:
        return int(self.desk.ask(DOCUMENTS) * part)

    def _column(self, question: str) -> list[str]:
        with psycopg.connect(self.desk.url) as connection:
            return [str(value) for (value,) in connection.execute(question.encode()).fetchall()]


@contextmanager
def _sink() -> Iterator[str]:
    """A mail server that takes all: the answers of this trial reach nobody."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
