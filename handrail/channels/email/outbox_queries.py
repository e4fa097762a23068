"""Reads for the pages of the outbox and of suppressed addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.accounts.rights import Words
from handrail.channels.email.models import Delivery, EmailAccount, Obstacle, OutgoingMail, Suppression
from handrail.kit import clock
from handrail.tickets.models import Ticket

#: Rows on one page of a list.
PAGE = 50
#: So many domains are named on the outbox's page.
DOMAINS = 20

STATES: dict[str, Words] = {
    "queued": _("Waits"),
    "sending": _("Is being sent"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "uncertain": _("Perhaps sent"),
    "cancelled": _("Taken back"),
}
TONES = {"failed": "overdue", "uncertain": "soon", "sent": "fine"}
#: What the tabs of the page show.
SHOWN: dict[str, tuple[str, ...]] = {
    "open": ("queued", "sending", "failed", "uncertain"),
    "trouble": ("failed", "uncertain"),
    "sent": ("sent",),
    "cancelled": ("cancelled",),
}
DELIVERIES: dict[str, Words] = {state.value: state.label for state in Delivery.State}
DELIVERY_TONES = {
    **dict.fromkeys(["failed", "bounced", "suppressed"], "overdue"),
    "uncertain": "soon",
    "sent": "fine",
    "delivered": "fine",
}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One recipient of a mail. can_be_mended: it did not get there, so another address may help."""

    id: UUID
    address: str
    state: Words
    tone: str
    detail: str
    can_be_mended: bool


@dataclass(frozen=True, kw_only=True)
class OutgoingRow:
    """A mail as the list shows it. ticket: None for a letter of the desk itself."""

    mail: OutgoingMail
    ticket: Ticket | None
    state: Words
    tone: str
    readers: list[Reader]

    @property
    def can_go_again(self) -> bool:
        return self.mail.state == OutgoingMail.State.FAILED or any(one.can_be_mended for one in self.readers)

    @property
    def is_due(self) -> bool:
        """Its time has come, and whoever sends takes it next."""
        return self.mail.next_try_at is not None and self.mail.next_try_at <= clock.now()

    @property
    def can_be_called_off(self) -> bool:
        return self.mail.state in ("queued", "uncertain") and self.mail.next_try_at is not None


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """A page of it. older: where the next one begins, None at the end."""

    rows: Sequence[OutgoingRow]
    older: UUID | None
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class DomainRow:
    """A domain to which mail waits, and why nothing is tried there just now, if so."""

    name: str
    mails: int
    oldest_due_at: datetime
    obstacle: Obstacle | None


@dataclass(frozen=True, kw_only=True)
class ServerRow:
    """A server that is away. whose: a mailbox's address, empty for the desk's own."""

    whose: str
    obstacle: Obstacle


def outbox(user: User, *, shown: str, domain: str, before: UUID | None) -> Outbox:
    """Some mails of the outbox, newest first."""
    visible = OutgoingMail.objects.visible_to(user)
    rows = visible.filter(state__in=SHOWN[shown])
    rows = rows.filter(domain=domain) if domain else rows
    rows = rows.filter(pk__lt=before) if before else rows
    whole = rows.select_related("message__ticket", "dispatch__ticket").prefetch_related("deliveries")
    found = list(whole.order_by("-id")[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return Outbox(rows=[_row(mail) for mail in found[:PAGE]], older=older, counts=_counts(visible))


def counts(user: User) -> dict[str, int]:
    """How many mails have not left (open), and how many of them are in trouble."""
    return _counts(OutgoingMail.objects.visible_to(user))


def domains(user: User) -> list[DomainRow]:
    """The domains to which most mail waits, and those where something stands in the way."""
    waiting = OutgoingMail.objects.visible_to(user).filter(state__in=["queued", "uncertain"])
    counted = waiting.exclude(domain="").exclude(next_try_at=None).order_by().values("domain")
    rows = counted.annotate(mails=Count("pk"), oldest=Min("due_at")).order_by("-mails", "domain")[:DOMAINS]
    obstacles = _obstacles(Obstacle.What.DOMAIN)
    return [
        DomainRow(
            name=row["domain"],
            mails=row["mails"],
            oldest_due_at=row["oldest"],
            obstacle=obstacles.get(row["domain"]),
        )
        for row in rows
    ]


def servers_away(user: User) -> list[ServerRow]:
    """The servers by which nothing leaves just now, as far as they concern this user."""
    mine = {str(pk): address for pk, address in _mailboxes(user)}
    found = _obstacles(Obstacle.What.SERVER)
    return [
        ServerRow(whose=mine.get(name, ""), obstacle=each)
        for name, each in found.items()
        if not name or name in mine
    ]


def suppressed(user: User, *, sought: str, before: UUID | None) -> "tuple[list[Suppression], UUID | None]":
    """Suppressed addresses, newest first, and where the next page begins."""
    rows = Suppression.objects.visible_to(user).select_related("brand")
    rows = rows.filter(address__contains=sought.strip().lower()) if sought.strip() else rows
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def _mailboxes(user: User) -> "QuerySet[Any, tuple[UUID, str]]":
    return EmailAccount.objects.visible_to(user).values_list("pk", "address")


def _obstacles(what: Obstacle.What) -> dict[str, Obstacle]:
    return {each.name: each for each in Obstacle.objects.filter(what=what)}


def _counts(visible: "QuerySet[Any]") -> dict[str, int]:
    """How many have not left, and how many of them are in trouble."""
    states = visible.filter(state__in=SHOWN["open"]).order_by().values_list("state")
    by_state = dict(states.annotate(Count("pk")))
    return {key: sum(by_state.get(state, 0) for state in SHOWN[key]) for key in ("open", "trouble")}


def _row(mail: OutgoingMail) -> OutgoingRow:
    source = mail.message or mail.dispatch
    readers = sorted(mail.deliveries.all(), key=lambda each: (each.copied, each.blind, each.pk))
    return OutgoingRow(
        mail=mail,
        ticket=source.ticket if source else None,
        state=STATES[mail.state],
        tone=TONES.get(mail.state, ""),
        readers=[_reader(each) for each in readers],
    )


def _reader(one: Delivery) -> Reader:
    return Reader(
        id=one.pk,
        address=one.address,
        state=DELIVERIES[one.state],
        tone=DELIVERY_TONES.get(one.state, ""),
        detail=one.detail,
        can_be_mended=one.state in Delivery.MENDABLE,
    )
