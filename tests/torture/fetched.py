"""A mailbox at a real Dovecot that fills while the storm goes on, and is fetched, and moved, meanwhile."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

from handrail.channels.email.imap.tests.dovecot import PASSWORD, Dovecot, is_here
from tests.journeys.desk import Desk, wait_until
from tests.torture.mails import Mail
from tests.torture.trial import Outcome

FETCHED = "fetched@harbour.example"
#: Where a mail lies once it was fetched.
DONE = "Done"
LAID = """
from handrail.accounts.models import Brand, User
from handrail.channels.email.models import AutoAnswer, EmailAccount, ImapRoad
from handrail.kit import clock
from handrail.team.models import Team
ada, now = User.objects.get(email="ada@harbour.example"), clock.now()
account = EmailAccount.open(address="{address}", display_name="Harbour", by=None, at=now,
    brand=Brand.objects.get(key="harbour"), team=Team.objects.get(key="parcels"))
AutoAnswer.of(account).write(texts={{"en": "We have your mail."}}, is_on=True, by=ada, at=now)
ImapRoad.lay(account, secret="{secret}", by=ada, at=now, host="127.0.0.1", port={port}, security="plain",
    user="{user}", afterwards="move", move_to="{done}")
"""
LOOKED = "SELECT count(*) FROM channels_email_imaproad WHERE looked_at IS NOT NULL"
PATIENCE_SECONDS = 120


@dataclass
class Filling:
    """Somebody's server lays mail into the mailbox, again and again until it is there."""

    server: Dovecot
    user: str
    mails: Sequence[Mail]
    laid: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    cuts: int = 0
    cutting: "SimpleQueue[bool]" = field(default_factory=SimpleQueue)

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._fill)
        thread.start()
        return thread

    def _fill(self) -> None:
        for mail in self.mails:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not self._lay(mail):
                if time.monotonic() > deadline:
                    self.failures.append(f"mail {mail.number} could not be laid into the mailbox")
                    return
                time.sleep(0.1)

    def _lay(self, mail: Mail) -> bool:
        """A mail whose laying was cut off may lie there: then it comes twice, as from any server."""
        with suppress(Exception):  # whatever the library makes of a server that goes away
            self.server.put(self.user, mail.raw)
            self.laid.append(mail.number)
            return True
        return False

    def cut(self) -> None:
        """Let the server go away soon, with all connections, and come back."""
        self.cuts += 1
        self.cutting.put(True)

    def keep(self) -> None:
        """Stops and starts it until told to end: it dies with the thread that started it."""
        while self.cutting.get():
            self.server.stop()
            self.server.start()


@contextmanager
def mailbox_of(desk: Desk, mails: Sequence[Mail], outcome: Outcome) -> Iterator[Filling | None]:
    """The mailbox, looked at once, so that what comes now is new; None where no Dovecot is installed."""
    if not is_here():
        outcome.figures["fetched"] = "skipped: dovecot is not installed"
        yield None
        return
    with Dovecot() as server:
        user = server.new_user()
        told = {"address": FETCHED, "secret": PASSWORD, "port": server.port, "user": user, "done": DONE}
        desk.python(LAID.format(**told))
        wait_until(lambda: desk.value(LOOKED), seconds=90, otherwise=desk.last_words)
        filling = Filling(server, user, mails)
        keeper = threading.Thread(target=filling.keep)
        keeper.start()
        try:
            yield filling
        finally:
            filling.cutting.put(False)
            keeper.join()


def count_the_folders(filling: Filling, outcome: Outcome) -> None:
    """Each mail was moved once: none lies where it came, none lies twice where it went."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (left := filling.server.lies_in(filling.user)) and time.monotonic() < deadline:
        time.sleep(0.5)
    moved = filling.server.lies_in(filling.user, DONE)
    outcome.figures |= {
        "laid_into_the_mailbox": len(filling.laid),
        "moved_after_fetching": len(moved),
        "times_its_server_was_away": filling.cuts,
    }
    outcome.broken += filling.failures
    outcome.expect(not left, f"{len(left)} fetched mails still lie where they came")
    outcome.expect(len(moved) >= len(filling.laid), f"{len(moved)} of {len(filling.laid)} were moved")
    outcome.expect(len(moved) <= len(filling.laid) + filling.cuts, f"{len(moved)} lie where they were moved")
