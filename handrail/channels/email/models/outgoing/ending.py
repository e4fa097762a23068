"""What became of a try to send a mail, and when the next one is."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection
from django.db.models.functions import Now

from handrail.channels.email.models.delivery import Delivery
from handrail.channels.email.models.outgoing.base import OutgoingBase

#: A mail that is put off is tried again after a part of its age, within bounds; at last given up.
AGE_PER_PAUSE = 20
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
#: A mail that perhaps arrived is sent once more after this pause, and never again by itself.
DOUBT_PAUSE = timedelta(minutes=1)
DOUBTS_FORGIVEN = 1
_EVERYBODY_HAS_IT = """
    WITH has AS (UPDATE channels_email_delivery
                    SET state = 'sent', detail = '', next_try_at = NULL, at = %(at)s WHERE mail_id = %(mail)s)
    UPDATE channels_email_outgoingmail
       SET state = 'sent', last_error = '', holds_lane = false, next_try_at = NULL, settled_at = %(at)s
     WHERE id = %(mail)s
"""


class Ending(OutgoingBase):
    """Each try ends for each recipient apart; the mail's own state sums them up."""

    #: The recipients, once nothing more can become of this try.
    _settled: list[Delivery] | None = None

    class Meta(OutgoingBase.Meta):
        abstract = True

    @property
    def is_doubtful(self) -> bool:
        """It was perhaps sent more often than may be forgiven."""
        return self.doubts > DOUBTS_FORGIVEN

    def all_deliveries(self) -> list[Delivery]:
        """Every recipient, first those whom it was written to."""
        return self._settled or Delivery.of_mail(self.pk)

    def everybody_has_it(self, rows: list[Delivery], *, at: datetime) -> None:
        """The usual end: all recipients that there are, each of whom was to be tried, have it."""
        with connection.cursor() as cursor:
            cursor.execute(_EVERYBODY_HAS_IT, {"mail": self.pk, "at": at})
        for row in rows:
            row.state, row.detail, row.next_try_at, row.at = Delivery.State.SENT, "", None, at
        self._settled = rows
        self.state, self.last_error, self.holds_lane = self.State.SENT, "", False
        self.next_try_at, self.settled_at = None, at

    def fail(self, error: str, *, at: datetime) -> None:
        """It will not leave by itself, to nobody who has not got it yet."""
        Delivery.objects.filter(mail=self.pk).open().turn(Delivery.State.FAILED, detail=error, at=at)
        self.settle(at=at, error=error)

    def doubt(self, tried: Collection[Delivery], error: str, *, at: datetime) -> None:
        """It may have arrived. It is sent once more under the same Message-ID, then left to a person."""
        self._write(doubts=self.doubts + 1)
        again = None if self.is_doubtful else DOUBT_PAUSE
        rows = Delivery.objects.filter(pk__in=[each.pk for each in tried])
        rows.turn(Delivery.State.UNCERTAIN, detail=error, again=again, at=at)
        self.settle(at=at, error=error)

    def leave_to_a_person(self, error: str, *, at: datetime) -> None:
        """It may have arrived, and it is not sent again by itself."""
        Delivery.objects.filter(mail=self.pk).open().turn(Delivery.State.UNCERTAIN, detail=error, at=at)
        self.settle(at=at, error=error)

    def back_to_the_queue(self, error: str) -> None:
        """Nothing was said about it to the server: the try does not count."""
        self._write(state=self.State.QUEUED, last_error=error, next_try_at=Now(), attempts=self.attempts - 1)

    def pause_at_age(self, *, at: datetime) -> timedelta | None:
        """How long a recipient who is put off waits: the older the mail, the longer. None: too old."""
        age = at - self.due_at
        if age > GIVE_UP_AFTER:
            return None
        pause = min(max(age / AGE_PER_PAUSE, SHORTEST_PAUSE), LONGEST_PAUSE)
        return _about(pause)

    def settle(self, *, at: datetime, error: str = "") -> None:
        """Sum up what became of the recipients: who is still open is tried again at their own time."""
        rows = self.all_deliveries()
        waiting = sorted((row for row in rows if row.next_try_at), key=lambda row: row.next_try_at or at)
        states = {row.state for row in rows}
        meant = {row.state for row in rows if not row.copied} or states
        self._write(
            state=self._state_of(meant, is_open=bool(waiting)),
            last_error=error or _told_of_troubles(rows),
            holds_lane=not states & Delivery.ARRIVED,
            next_try_at=waiting[0].next_try_at if waiting else None,
            domain=waiting[0].domain if waiting else self.domain,
            settled_at=None if waiting else at,
        )

    def _state_of(self, states: set[str], *, is_open: bool) -> "OutgoingBase.State":
        """It failed when anybody whom it was written to did not get it, whoever had a copy."""
        if Delivery.State.UNCERTAIN in states:
            return self.State.UNCERTAIN
        if is_open:
            return self.State.QUEUED
        return self.State.SENT if states and states <= Delivery.ARRIVED else self.State.FAILED


def _told_of_troubles(rows: Collection[Delivery]) -> str:
    troubled = [row for row in rows if row.detail and row.state not in Delivery.ARRIVED]
    if len(rows) == 1:
        return troubled[0].detail if troubled else ""
    return "; ".join(f"{row.address}: {row.detail}" for row in troubled)


def _about(pause: timedelta) -> timedelta:
    """A fifth more or less, so that many mails do not come back at one moment."""
    return pause * (0.8 + secrets.randbelow(4001) / 10_000)
