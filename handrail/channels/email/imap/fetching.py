"""What is new in a folder is kept here, in small batches: size asked before body, kept before all else.

A batch and the number it reaches are one transaction: a fetcher that dies leaves no gap and repeats nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import transaction

from handrail.channels.email import limits
from handrail.channels.email.imap.session import Listed, Session
from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad, RawMail
from handrail.channels.email.storing import Arrival, store
from handrail.kit import clock, connections, faults

log = structlog.get_logger()

BATCH_MAILS = 20
BATCH_BYTES = 8 * limits.MB
#: So much is kept of a mail that is too large, so that people see whose it is.
HEAD_BYTES = 64 * limits.KB
#: A mail during whose fetching the connection broke so often is put aside unread.
MOST_CUTS = 3
#: What the bytes of a row are, as its source.
WHOLE, PART = "imap", "imap-part"
TOO_LARGE = "too-large: the mail is larger than this desk reads; it lies where it was"
NEVER_CAME = "never-came: the server did not hand it out; it lies where it was"


@dataclass
class Fetcher:
    """Fetches one mailbox; remembers between sessions where a connection broke."""

    road: ImapRoad
    session: Session
    stuck: "Stuck" = field(default_factory=lambda: Stuck())

    def fetch_new(self) -> int:
        """Keep everything that is new; returns how many mails. Raises Trouble."""
        place = self.session.open(self.road.folder)
        self._find_place(place.uid_validity, place.next_uid)
        live_from = min(max(self.road.live_from_uid, self.road.last_uid + 1), place.next_uid)
        count = self._fetch(self.road.last_uid + 1, live_from - 1, since=self.road.fetched_since)
        count += self._fetch(live_from, place.next_uid - 1, since=None)
        if self.road.last_uid < place.next_uid - 1:
            self.road.reached(place.next_uid - 1)
        return count

    def _fetch(self, first: int, last: int, *, since: datetime | None) -> int:
        """since: what came earlier is not wanted. Asked of history only: clocks differ, and no mail may fall
        between two of them.
        """
        batches = (
            batch
            for uids in self.session.uids(first, last, since=since)
            for batch in self._batches(self._unknown(uids, since))
        )
        return sum(self._keep(batch) for batch in batches)

    def _find_place(self, uid_validity: int, next_uid: int) -> None:
        if self.road.uid_validity is None:
            self.road.begin(uid_validity=uid_validity, next_uid=next_uid, at=clock.now())
        elif self.road.uid_validity != uid_validity:
            log.warning("imap.renumbered", mailbox=str(self.road.account_id))
            self.road.renumbered(uid_validity=uid_validity, next_uid=next_uid)

    def _unknown(self, uids: Sequence[int], since: datetime | None) -> list[Listed]:
        """Those that are wanted and not kept yet, with their sizes."""
        known = known_uids(self.road, uids)
        connections.let_go()  # another mailbox may use it while we wait for the server
        wanted = [uid for uid in uids if uid not in known]
        chunks = (wanted[start : start + 500] for start in range(0, len(wanted), 500))
        listed = (mail for chunk in chunks for mail in self.session.listed(chunk))
        return [mail for mail in listed if since is None or mail.came_at >= since]

    def _batches(self, mails: Sequence[Listed]) -> Iterator[list[Listed]]:
        """After a cut one by one, so that whatever cuts the connection holds up nothing before it."""
        batch: list[Listed] = []
        most = 1 if self.stuck.cuts else BATCH_MAILS
        for mail in mails:
            too_much = sum(each.size for each in batch) + mail.size > BATCH_BYTES
            if batch and (too_much or len(batch) >= most):
                yield batch
                batch = []
            batch.append(mail)
        if batch:
            yield batch

    def _keep(self, batch: list[Listed]) -> int:
        arrivals = self._arrivals(batch)
        with transaction.atomic():
            faults.point("imap.before-store")  # the bytes are here, nothing is kept
            kept = store(arrivals)
            self.road.reached(batch[-1].uid)
        faults.point("imap.after-store")  # the mail is durable, nothing is changed on the server
        connections.let_go()
        return len(kept)

    def _arrivals(self, batch: list[Listed]) -> list[Arrival]:
        fitting = [mail for mail in batch if mail.size <= limits.MAIL_BYTES]
        bodies = self._bodies(fitting) if fitting else {}
        found = []
        for mail in batch:
            if mail.size > limits.MAIL_BYTES:
                head = self.session.head(mail.uid, most=HEAD_BYTES)
                found.append(self._arrival(mail, head, trouble=TOO_LARGE))
            elif mail.uid in bodies:
                found.append(self._arrival(mail, bodies[mail.uid]))
        return found + self._never_came(fitting, bodies)

    def _bodies(self, mails: list[Listed]) -> dict[int, bytes]:
        """The bytes; of a mail that breaks every connection none."""
        if self.stuck.is_given_up(mails[0].uid):
            return {}
        try:
            bodies = self.session.bodies(mails)
        except Trouble as trouble:
            if trouble.key == "refused" and len(mails) > 1:
                return {uid: raw for mail in mails for uid, raw in self._bodies([mail]).items()}
            if trouble.key == "refused":
                return {}
            self.stuck.was_cut_at(mails[0].uid)
            raise
        self.stuck.came_through(mails[-1].uid)
        return bodies

    def _never_came(self, mails: list[Listed], bodies: dict[int, bytes]) -> list[Arrival]:
        """Those the server lists and does not hand out; one that is gone by now is nobody's loss."""
        missing = [mail for mail in mails if mail.uid not in bodies]
        listed = self.session.listed([mail.uid for mail in missing]) if missing else []
        return [self._arrival(mail, b"", trouble=NEVER_CAME) for mail in listed]

    def _arrival(self, mail: Listed, raw: bytes, *, trouble: str = "") -> Arrival:
        is_history = self.road.is_history(mail.uid, came_at=mail.came_at)
        return Arrival(
            account_id=self.road.account_id,
            source=PART if trouble else WHOLE,
            road_key=self.road.key_of(mail.uid),
            raw=raw,
            at=mail.came_at if is_history else clock.now(),
            is_history=is_history,
            trouble=trouble,
            size=mail.size if trouble else None,
        )


@dataclass
class Stuck:
    """Where the connection broke again and again."""

    uid: int = 0
    cuts: int = 0

    def was_cut_at(self, uid: int) -> None:
        self.cuts = self.cuts + 1 if uid == self.uid else 1
        self.uid = uid

    def came_through(self, uid: int) -> None:
        if uid >= self.uid:
            self.uid = self.cuts = 0

    def is_given_up(self, uid: int) -> bool:
        return uid == self.uid and self.cuts >= MOST_CUTS


def known_uids(road: ImapRoad, uids: Sequence[int], **such: object) -> set[int]:
    """Of these numbers those whose mail we keep. such: and which is that, as `is_history=False`."""
    keys = {road.key_of(uid): uid for uid in uids}
    rows = RawMail.objects.filter(account_id=road.account_id, road_key__in=keys, **such)
    return {keys[key] for key in rows.values_list("road_key", flat=True) if key}
