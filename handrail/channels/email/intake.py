"""Raw mail becomes messages: read, compared, joined to its ticket, kept.

A batch is one transaction: mails that each open a ticket of their own are written together, the others one
by one, each in a savepoint, so that one that fails is put aside alone. Each try is committed before it
begins, so a mail that kills its reader is known.
"""

import time
from contextlib import nullcontext
from functools import partial
from operator import attrgetter
from uuid import UUID

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from handrail.channels import Unreadable
from handrail.channels.email import copies, settling, together
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.placing import Desk, Fate, Placement, place
from handrail.channels.email.reading import reader
from handrail.channels.email.together import Opened
from handrail.events import as_history
from handrail.kit import clock, drains, faults
from handrail.kit.text import one_line
from handrail.tickets.models import Message

log = structlog.get_logger()

NO_MAILBOX = Unreadable("no-mailbox", "It came for no mailbox of ours.")
#: Trouble that passes and leaves the connection whole: deadlock, serialisation, lock not granted, disk full.
PASSING = frozenset({"40P01", "40001", "55P03", "53100"})

#: So long a batch may read; what is read by then is settled.
BATCH_READING_SECONDS = 10.0

#: Mails whose try ended through no fault of theirs; their tries are given back once the database answers.
_interrupted: set[UUID] = set()


@drains.drain("raw_mail")
def take_batch() -> int:
    """Settle the mails that have waited longest; returns how many were taken."""
    _give_back()
    taken = RawMail.take(at=clock.now())
    _interrupted.update(taken)
    faults.point("intake.after-take")  # the tries are counted, nothing is read
    settled = _settle(taken) if taken else {}
    faults.point("intake.after-commit")  # the batch is committed
    _interrupted.difference_update(settled)
    EmailAccount.heard({account for account in settled.values() if account}, at=clock.now())
    return len(taken)


def _give_back() -> None:
    if _interrupted:
        RawMail.give_back(_interrupted)
        _interrupted.clear()


@transaction.atomic
def _settle(taken: list[UUID]) -> dict[UUID, UUID | None]:
    """The mails that found their end, with their mailboxes. The others met trouble that passes.

    All are read before the first ticket is touched: who works on a ticket waits for no reading.
    """
    mails = list(RawMail.objects.locked(taken))
    contents = RawMail.contents([mail.pk for mail in mails])
    opened = _read_in_time(mails, contents)
    faults.point("intake.after-reading")  # all mails of the batch are read
    batch = [(each.mail, each.read) for each in opened if not isinstance(each.read, Exception)]
    desk = Desk.around(batch, at=clock.now())
    with as_history() if any(mail.is_history for mail in mails) else nullcontext():
        rest = together.open_tickets(opened, partial(_when_new, desk=desk), partial(_follow_up, desk=desk))
        left = {each.mail.pk for each in rest if not _settle_one(each, desk)}
    faults.point("intake.before-commit")  # every mail found its end, nothing is committed
    return {each.mail.pk: each.mail.account_id for each in opened if each.mail.pk not in left}


def _read_in_time(mails: list[RawMail], contents: dict[UUID, bytes]) -> list[Opened]:
    """The mails that were read before the batch's time was up, in their order; the others wait for the next.

    Small ones are read first: what takes long is seldom small, and nobody shall wait for it.
    """
    deadline = time.monotonic() + BATCH_READING_SECONDS
    opened: dict[UUID, Opened] = {}
    for mail in sorted(mails, key=attrgetter("size")):
        if not opened or time.monotonic() < deadline:
            opened[mail.pk] = _open(mail, contents.pop(mail.pk))
    return [opened[mail.pk] for mail in mails if mail.pk in opened]


def _open(mail: RawMail, raw: bytes) -> Opened:
    try:
        found = reader.opened(raw)
        return Opened(mail=mail, read=found.mail, fingerprint=found.fingerprint)
    except Exception as error:
        return Opened(mail=mail, read=error, fingerprint=b"")


def _when_new(opened: Opened, desk: Desk) -> Placement | None:
    """What was found out about the mail when a ticket of its own is all it needs, else None."""
    mail, read, account = opened.mail, opened.read, opened.mail.account
    if isinstance(read, Exception) or account is None:
        return None
    try:
        placed = place(mail, account, read, desk)
    except Unreadable:  # said again when it is looked at alone
        return None
    shares = account.copies == EmailAccount.Copies.SHARED
    waits = shares and copies.went_elsewhere(mail, account, read, desk)
    return placed if placed.fate is Fate.NEW and not waits else None


def _follow_up(opened: Opened, placed: Placement, message: Message, desk: Desk) -> None:
    assert opened.mail.account is not None
    assert not isinstance(opened.read, Exception)
    settling.follow_up(
        opened.mail,
        opened.mail.account,
        opened.read,
        placed,
        message,
        desk=desk,
        fingerprint=opened.fingerprint,
    )


def _settle_one(opened: Opened, desk: Desk) -> bool:
    """Whether the mail found its end. No mail may stop the others."""
    try:
        with transaction.atomic():
            _find_its_end(opened, desk)
            faults.point("intake.after-mail")  # one mail became a message, in its savepoint
    except (OperationalError, InterfaceError, OSError) as error:
        _mind_the_trouble(opened.mail, error)
        return False
    except IntegrityError as error:
        _mind_the_twin(opened, error)
    except Unreadable as refusal:
        opened.mail.quarantine(f"{refusal.reason}: {refusal.words}", at=clock.now())
    except Exception as error:
        _put_aside(opened.mail, error)
    return True


def _find_its_end(opened: Opened, desk: Desk) -> None:
    mail, read = opened.mail, opened.read
    if isinstance(read, Exception):
        raise read
    if mail.account is None:
        raise NO_MAILBOX
    placed = place(mail, mail.account, read, desk)
    fingerprint = opened.fingerprint
    settling.settle(mail, mail.account, read, placed, desk=desk, fingerprint=fingerprint, at=clock.now())


def _mind_the_trouble(mail: RawMail, error: Exception) -> None:
    """Leave the mail for later. Raises when the connection is gone: then nothing of the batch is kept."""
    state = getattr(error.__cause__, "sqlstate", None)
    if not isinstance(error, OSError) and state not in PASSING:
        raise error
    log.warning("intake.postponed", mail=str(mail.pk), error=one_line(str(error)))


def _mind_the_twin(opened: Opened, error: IntegrityError) -> None:
    """The same mail came before, or by another road at the same time."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint != RawMail.ONE_MESSAGE:
        _put_aside(opened.mail, error)
        return
    twin = RawMail.objects.filter(account=opened.mail.account, fingerprint=opened.fingerprint)
    opened.mail.is_twin_of(twin.values_list("message_id", flat=True).first())


def _put_aside(mail: RawMail, error: Exception) -> None:
    log.error("intake.quarantined", mail=str(mail.pk), exc_info=error)
    mail.quarantine(one_line(f"{type(error).__name__}: {error}", limit=500), at=clock.now())
