"""Mails a second that leave: answers of agents, from the outbox to a server on this machine that takes all.

sent_per_second: from the moment all are due until the last one's fate is written down.
"""

import argparse
import socketserver
import threading
import time
from collections.abc import Callable

from handrail.cli._complaint import Complaint
from handrail.cli.bench._trial import Trial, trial

WARM_UP = 50
#: A trial in which nothing leaves for so long has failed.
STALLED_SECONDS = 60
DOMAINS = 40
SETUP = """
from datetime import timedelta
from django.db import transaction
from django.utils.timezone import now
from handrail.accounts import roles
from handrail.accounts.models import Brand, User
from handrail.channels.email.models import EmailAccount
from handrail.team.models import Agent, Team
from handrail.tickets.inbound import Inbound
from handrail.tickets.receiving import receive
role = roles.ensure_built_in()["agent"]
brand = Brand.objects.create(key="bench", name="Bench")
team = Team.objects.create(key="bench", name="Bench", brand=brand)
account = {{"address": "support@bench.example", "display_name": "Bench", "brand": brand, "team": team}}
EmailAccount.open(**account, by=None, at=now())
user = User.objects.invite(email="a@bench.example", name="Ann Agent", role=role, brands=[brand], at=now())
agent = Agent.welcome(user=user, teams=[team], at=now())
with transaction.atomic():
    for number in range({mails}):
        address = f"person{{number}}@domain{{number % {domains}}}.example"
        words = {{"subject": f"Parcel {{number}}", "text": "Where is it?", "html": None, "reply_text": ""}}
        known = {{"external_id": f"{{number}}@bench.example", "references": (), "to": (), "cc": ()}}
        rest = {{"files": (), "sent_at": now(), "automatic": "", "language": "en", "name": "Person"}}
        came = Inbound(channel="email", address=address, **words, **known, **rest)
        ticket = receive(came, brand=brand, team=team, at=now()).ticket
        ticket.reply(text="It is in the van. " * 40, by=agent, at=now(), undo=timedelta(days=1))
"""
LET_GO = """
    WITH due AS (UPDATE channels_email_outgoingmail SET next_try_at = now()
                  WHERE id IN (SELECT id FROM channels_email_outgoingmail WHERE state = 'queued'
                                ORDER BY id LIMIT {mails}) RETURNING 1)
    SELECT count(*) FROM due, pg_notify('drain_outgoing', '')
"""
#: What writing the answers left to do beside the mails is done before the clock starts.
LEFT_TO_DO = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
SENT = "SELECT count(*) FROM channels_email_outgoingmail WHERE state = 'sent'"


class Sink(socketserver.StreamRequestHandler):
    """Says yes to everything, and forgets it."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                for text in self.rfile:
                    if text == b".\r\n":
                        break
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mails", type=int, default=1_000, help="how many (default 1000)")


def measure(options: argparse.Namespace) -> dict[str, object]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server, trial() as desk:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mails = options.mails
        desk.run("shell", "--command", SETUP.format(mails=mails + WARM_UP, domains=DOMAINS))
        desk.start("worker", HANDRAIL_MAIL_URL=f"smtp://127.0.0.1:{server.server_address[1]}")
        _let_go(desk, WARM_UP, sent=WARM_UP)
        _wait(desk, LEFT_TO_DO, until=lambda jobs: jobs == 0)
        before = desk.cpu_seconds()
        seconds = _let_go(desk, mails, sent=WARM_UP + mails)
        after = desk.cpu_seconds()
        server.shutdown()
    return {
        "mails": mails,
        "domains": DOMAINS,
        "sent_per_second": round(mails / seconds, 1),
        "cpu_ms_per_mail": {name: round((after[name] - before[name]) / mails * 1000, 2) for name in before},
    }


def _let_go(desk: Trial, mails: int, *, sent: int) -> float:
    """Make so many mails due; the seconds until so many are sent in all."""
    began = time.monotonic()
    desk.ask(LET_GO.format(mails=mails))
    _wait(desk, SENT, until=lambda now: now >= sent)
    return time.monotonic() - began


def _wait(desk: Trial, question: str, *, until: Callable[[int], bool]) -> None:
    """Ask until the answer is as it should be; complain when it stays the same for too long."""
    found, changed = -1, time.monotonic()
    while not until(now := desk.ask(question)):
        if now != found:
            found, changed = now, time.monotonic()
        if time.monotonic() - changed > STALLED_SECONDS:
            raise Complaint(f"It goes on no more: {question} stays at {now}.")
        time.sleep(0.05)
