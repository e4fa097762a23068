"""R-001, R-003, R-007: programs are killed at random while mail comes in; every mail is one message.

It comes by SMTP and, where a Dovecot is installed, by IMAP; that server goes away now and then too.
"""

import random
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable

import psycopg

from handrail.channels.email.imap.tests.dovecot import is_here
from tests.journeys.desk import Desk
from tests.torture.doubts import count_the_doubts
from tests.torture.fetched import FETCHED, Filling, count_the_folders, mailbox_of
from tests.torture.mails import SUPPORT, Mail, Senders, a_mail
from tests.torture.trial import Outcome, ask_the_doctor, desk_on_trial

#: Every so-manieth mail comes by IMAP.
BY_IMAP = 5
FETCHED_SO_FAR = "SELECT count(DISTINCT sha256) FROM channels_email_rawmail WHERE source = 'imap'"
VICTIMS = ("worker", "worker", "smtp", "web", "database")
#: The desk takes mail again so soon after its database answers, and has settled everything so soon after all.
BACK_WITHIN, SETTLED_WITHIN = 10.0, 300.0

WAITING = """
    SELECT (SELECT count(*) FROM channels_email_rawmail WHERE state = 'new')
         + (SELECT count(*) FROM channels_email_outgoingmail
             WHERE state IN ('queued', 'sending') OR next_try_at IS NOT NULL)
         + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))
"""
BY_ID = "SELECT external_id, count(*) FROM tickets_message WHERE kind = 'customer' GROUP BY 1"
FILES = """
    SELECT message.external_id, file.sha256 FROM tickets_attachment attachment
      JOIN tickets_message message ON message.id = attachment.message_id
      JOIN files_storedfile file ON file.id = attachment.stored_id
"""
#: For each address how many mails there were, and how many copies of them.
ANSWERED = """
    SELECT address, count(DISTINCT message_id), count(*)
      FROM (SELECT unnest(envelope_to) AS address,
                   (regexp_match(encode(raw, 'escape'), '\nMessage-ID:\\s+<([^>]+)>', 'i'))[1] AS message_id
              FROM channels_email_caughtmail) AS caught
     WHERE starts_with(address, 'p') GROUP BY 1
"""
FACTS = "SELECT count(*) FROM events_fact WHERE kind = 'tickets.MessageReceived'"
INDEXED = """
    SELECT count(*) FROM search_document document JOIN tickets_message message ON message.id = document.key
     WHERE document.kind = 'message' AND message.kind = 'customer'
"""
STATES = "SELECT state, count(*) FROM channels_email_rawmail GROUP BY 1"


class Killer:
    """Kills so many programs while mail comes in. back: seconds from an answering database to taken mail."""

    def __init__(self, desk: Desk, *, kills: int, pause: tuple[float, float], seed: int) -> None:
        self.desk, self.kills, self.pause = desk, kills, pause
        self.dice = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.back: list[float] = []
        self.filling: Filling | None = None
        self.thread = threading.Thread(target=self._kill_now_and_then)

    def _kill_now_and_then(self) -> None:
        for number in range(self.kills):
            time.sleep(self.dice.uniform(*self.pause))
            victim = "database" if number % 5 == 4 else self.dice.choice(VICTIMS)
            if victim == "database":  # else the start of a listener killed just before would be measured
                _wait(lambda: _listener_takes(self.desk), seconds=60)
            self.desk.kill(victim)
            self.killed[victim] += 1
            if self.filling and number % 5 == 2:
                self.filling.cut()
            if victim == "database":
                self._measure_the_way_back()

    def _measure_the_way_back(self) -> None:
        """How long the listener needs once the database answers."""
        _wait(lambda: _database_answers(self.desk), seconds=60)
        answered = time.monotonic()
        _wait(lambda: _listener_takes(self.desk), seconds=60)
        self.back.append(time.monotonic() - answered)


def kill_everything(
    *, mails: int, kills: int, pause: tuple[float, float] = (1.0, 4.0), lanes: int = 4, seed: int
) -> Outcome:
    """So many mails in all; every fifth of them comes by IMAP."""
    outcome = Outcome(
        "killing", "R-001, R-003: each mail exactly once, whatever is killed; back ≤ 10 s after the database"
    )
    by_imap = mails // BY_IMAP if is_here() else 0
    written = [a_mail(number, seed=seed) for number in range(1, mails - by_imap + 1)]
    lying = [a_mail(number, seed=seed, to=FETCHED) for number in range(mails - by_imap + 1, mails + 1)]
    with desk_on_trial() as desk, mailbox_of(desk, lying, outcome) as filling:
        senders = Senders(port=desk.smtp_port, mails=written, lanes=lanes)
        killer = Killer(desk, kills=kills, pause=pause, seed=seed)
        killer.filling = filling
        _storm(senders, killer, outcome)
        if filling:
            _wait(lambda: desk.value(FETCHED_SO_FAR) >= len(lying), seconds=SETTLED_WITHIN)
            count_the_folders(filling, outcome)
        settled_after = _settled(desk, outcome)
        outcome.figures |= {
            "seed": seed,
            "mails": mails,
            "settled_seconds_after_the_last_kill": round(settled_after, 1),
        }
        count(desk, written + lying, outcome)
        count_the_doubts(desk, outcome)
        ask_the_doctor(desk, outcome)
    return outcome


def _storm(senders: Senders, killer: Killer, outcome: Outcome) -> None:
    began = time.monotonic()
    threads = senders.start()
    if killer.filling:
        threads.append(killer.filling.start())
    killer.thread.start()
    for thread in (*threads, killer.thread):
        thread.join()
    outcome.figures |= {
        "accepted": len(senders.accepted),
        "handed_in_tries": senders.tries,
        "kills": dict(killer.killed),
        "storm_seconds": round(time.monotonic() - began, 1),
        "ways_back_seconds": sorted(round(seconds, 2) for seconds in killer.back),
    }
    outcome.broken += senders.failures
    outcome.expect(max(killer.back, default=0) <= BACK_WITHIN, "mail was taken too late after the database")


def count(desk: Desk, written: list[Mail], outcome: Outcome, *, besides: int = 0) -> None:
    """Each mail is one message, found once by the search and told once; each file is what was sent.

    besides: so many messages came by another road.
    """
    messages = dict(desk.rows(BY_ID))
    lost = [mail.number for mail in written if messages.get(mail.message_id, 0) == 0]
    doubled = [key for key, times in messages.items() if times > 1]
    kept = dict(desk.rows(FILES))
    wrong = [mail.number for mail in written if mail.file and kept.get(mail.message_id) != mail.file]
    answers = desk.rows(ANSWERED)
    outcome.figures |= {
        "messages": len(messages),
        "raw_mails": dict(desk.rows(STATES)),
        "files_equal": sum(bool(mail.file) for mail in written) - len(wrong),
        "automatic_answers": len(answers),
        "copies_where_the_answer_of_the_server_was_lost": sum(
            copies - mails for _to, mails, copies in answers
        ),
    }
    outcome.expect(not lost, f"lost: {lost[:10]}")
    outcome.expect(not doubled, f"doubled: {doubled[:10]}")
    outcome.expect(not wrong, f"files missing or changed: {wrong[:10]}")
    outcome.expect(all(mails == 1 for _to, mails, _copies in answers), "somebody was answered twice")
    outcome.expect(all(copies <= 2 for _to, _mails, copies in answers), "an answer left more than twice")
    for what, question in (("told on the timeline", FACTS), ("in the search index", INDEXED)):
        found = desk.value(question)
        wanted = len(written) + besides
        outcome.expect(found == wanted, f"{found} messages are {what}, not {wanted}")


def _settled(desk: Desk, outcome: Outcome) -> float:
    """Seconds until nothing waits any more."""
    began = time.monotonic()
    done = _wait(lambda: desk.value(WAITING) == 0, seconds=SETTLED_WITHIN)
    outcome.expect(done, f"{desk.value(WAITING)} things still wait after {SETTLED_WITHIN:.0f} s")
    return time.monotonic() - began


def _database_answers(desk: Desk) -> bool:
    try:
        with psycopg.connect(desk.database_url, connect_timeout=2) as connection:
            connection.execute("SELECT 1")
    except (psycopg.Error, OSError):
        return False
    return True


def _listener_takes(desk: Desk) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", desk.smtp_port, timeout=5) as client:
            client.ehlo()
            client.mail("probe@d.example")
            return client.rcpt(SUPPORT)[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _wait(condition: Callable[[], object], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
