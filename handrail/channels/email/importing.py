"""Taking over mail of another program as history, in small steps that can be cut off and repeated.

Each mail is kept as it is, then settled as every other: the same reader, the same threads. It sends nothing.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db.models import Count

from handrail.channels import Unreadable
from handrail.channels.email import intake
from handrail.channels.email.archives import NO_MAIL, Found, mails_in
from handrail.channels.email.headers import Fields
from handrail.channels.email.keeping import without_token
from handrail.channels.email.limits import HEADER_SCAN_BYTES
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.storing import Arrival, store
from handrail.kit import clock

#: So many mails wait at most at a time, so that mail that comes meanwhile is never far behind.
AT_ONCE = 50
#: Another worker may have taken some of them; it gets so long before it is asked again.
PATIENCE_SECONDS = 0.1
_RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_FIRST_YEAR = datetime(1985, 1, 1, tzinfo=UTC)

#: What is told while it goes on.
Progress = Callable[["Report"], None]


@dataclass
class Report:
    """What became of the mails. left_out: the reason, and how many; examples: the first of each reason.

    aside: files that hold no mail, by name and beginning.
    """

    found: int = 0
    aside: int = 0
    known: int = 0
    kept: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def leave_out(self, reason: str, where: str) -> None:
        self.left_out[reason] += 1
        self.examples.setdefault(reason, where)


def bring(paths: Iterable[Path], *, mailbox: EmailAccount | None, progress: Progress) -> Report:
    """Take over every mail below the paths. mailbox: None finds it by who the mail was written to."""
    report = Report()
    book = {account.address: account.pk for account in EmailAccount.objects.all()}
    mails = (mail for path in paths for mail in mails_in(path))
    while some := list(islice(mails, AT_ONCE)):
        arrivals = list(_arrivals(some, mailbox, book, report))
        _settle(store(_unknown(arrivals, report)), report)
        progress(report)
    return report


def _arrivals(
    some: Iterable[Found], mailbox: EmailAccount | None, book: dict[str, UUID], report: Report
) -> Iterator[Arrival]:
    for mail in some:
        if mail.problem == NO_MAIL:
            report.aside += 1
            report.examples.setdefault(NO_MAIL, mail.where)
            continue
        report.found += 1
        fields = _fields(mail.raw)
        account = mailbox.pk if mailbox else _account_of(fields, book)
        if mail.problem:
            report.leave_out(mail.problem, mail.where)
        elif account is None:
            report.leave_out("written to no mailbox of this desk (name one with --mailbox)", mail.where)
        else:
            key = f"import:{hashlib.sha256(mail.raw).hexdigest()}"
            at = _moment(fields)
            yield Arrival(
                account_id=account, source="import", road_key=key, raw=mail.raw, at=at, is_history=True
            )


def _unknown(arrivals: list[Arrival], report: Report) -> list[Arrival]:
    """Without those that an earlier run brought, so that their bytes are not sent again."""
    keys = {arrival.road_key for arrival in arrivals}
    known = set(RawMail.objects.filter(road_key__in=keys).values_list("account_id", "road_key"))
    fresh = [each for each in arrivals if (each.account_id, each.road_key) not in known]
    report.known += len(arrivals) - len(fresh)
    return fresh


def _settle(kept: list[UUID], report: Report) -> None:
    """Until each found its end, here or in a worker."""
    report.kept += len(kept)
    rows = RawMail.objects.filter(pk__in=kept)
    while rows.waiting().exists():
        if not intake.take_batch():
            time.sleep(PATIENCE_SECONDS)
    report.ended.update(dict(rows.order_by().values_list("state").annotate(Count("pk"))))
    for state, reason, raw_id in rows.exclude(state="done").values_list("state", "reason", "pk"):
        if state != RawMail.State.DUPLICATE:
            report.leave_out(f"{state}: {reason}", f"mail {raw_id}")


def _account_of(fields: Fields, book: dict[str, UUID]) -> UUID | None:
    written_to = (address.normal for name in _RECIPIENTS for address in fields.addresses(name)[:200])
    return next((book[found] for each in written_to if (found := without_token(each)) in book), None)


def _fields(raw: bytes) -> Fields:
    """The header, however broken it is."""
    head = raw[:HEADER_SCAN_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        return Fields.of(head)
    except Unreadable:
        return Fields(())


def _moment(fields: Fields) -> datetime:
    """When it was written, as far as that can be; mail from the future came now."""
    written, now = fields.moment("date"), clock.now()
    return written if written and _FIRST_YEAR < written <= now else now
