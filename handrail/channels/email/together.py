"""Settling mails of a batch together: those that open tickets and have nothing to do with each other.

A mail that may belong to another of its batch is settled alone, after it: only then is the other one found.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import transaction

from handrail.channels.email.evidence import subject_key
from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.models import RawMail
from handrail.channels.email.placing import Placement
from handrail.kit import faults
from handrail.kit.text import one_line
from handrail.tickets import opening
from handrail.tickets.models import Message
from handrail.tickets.opening import Arrival

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A mail that was read, or why it could not be."""

    mail: RawMail
    read: ReadMail | Exception
    fingerprint: bytes


Decide = Callable[[Opened], Placement | None]
FollowUp = Callable[[Opened, Placement, Message], None]


def open_tickets(batch: Sequence[Opened], decide: Decide, follow_up: FollowUp) -> list[Opened]:
    """Open the tickets of those that need nothing else; returns the mails that are still to be settled.

    decide: what was found out about a mail when all it needs is a ticket of its own, else None. follow_up:
    what else is to be done for one that has its ticket.
    """
    try:
        with transaction.atomic():
            decided = [(each, decide(each)) for each in unrelated(_new(batch))]
            ready = [(each, placed) for each, placed in decided if placed is not None]
            _open(ready, follow_up)
            faults.point("intake.after-opening")  # many mails became messages, in one savepoint
    except Exception as error:  # whatever it is: alone, each mail meets its own trouble
        log.info("intake.apart", error=one_line(f"{type(error).__name__}: {error}"))
        return list(batch)
    settled = {each.mail.pk for each, _placed in ready}
    return [each for each in batch if each.mail.pk not in settled]


def unrelated(batch: Iterable[Opened]) -> list[Opened]:
    """The mails that have neither writer, subject nor any id in common with one before them."""
    seen: set[str] = set()
    found = []
    for each in batch:
        if isinstance(each.read, Exception):
            continue
        marks = _marks(each.read)
        if not marks & seen:
            found.append(each)
        seen |= marks
    return found


def _marks(read: ReadMail) -> set[str]:
    """Whatever another mail of the same conversation would share."""
    sender = read.sender.normal if read.sender else "nobody"
    ids = {each for each in (read.message_id, read.in_reply_to, *read.references) if each}
    return {sender, *ids, f"subject {subject_key(read.subject)}"}


def _new(batch: Sequence[Opened]) -> list[Opened]:
    """Without those that came before, and those for no mailbox: one look for the whole batch."""
    mine = [each for each in batch if each.fingerprint and each.mail.account_id]
    accounts = {each.mail.account_id for each in mine}
    twins = RawMail.objects.filter(account__in=accounts, fingerprint__in=[each.fingerprint for each in mine])
    came = {bytes(each) for each in twins.values_list("fingerprint", flat=True) if each}
    return [each for each in mine if each.fingerprint not in came]


def _open(ready: Sequence[tuple[Opened, Placement]], follow_up: FollowUp) -> None:
    if not ready:
        return
    messages = opening.open_all([_arrival(each.mail, placed) for each, placed in ready])
    made = list(zip(ready, messages, strict=True))
    RawMail.became_all(
        (each.mail.pk, message.pk, each.fingerprint, json.dumps(placed.findings.as_json()))
        for (each, placed), message in made
    )
    for (each, placed), message in made:
        follow_up(each, placed, message)


def _arrival(mail: RawMail, placed: Placement) -> Arrival:
    assert mail.account is not None
    account = mail.account
    return Arrival(inbound=placed.inbound, brand=account.brand, team=account.team, at=mail.received_at)
