"""A message: what somebody said on a ticket, in public or among colleagues."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.customers.models import Person
from handrail.kit import ids
from handrail.kit.inserting import insert
from handrail.team.models import Agent
from handrail.tickets.inbound import Inbound

if TYPE_CHECKING:
    from handrail.tickets.models.ticket.base import TicketBase

SNIPPET_CHARACTERS = 160


def snippet_of(text: str) -> str:
    """The beginning of a text in one line, for lists."""
    return re.sub(r"\s+", " ", text[:600]).strip()[:SNIPPET_CHARACTERS]


class Message(models.Model):
    """One thing that was said. Its kind decides who may ever read it."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Internal note")

    class Standing(models.TextChoices):
        """How sure we are of who wrote."""

        OURS = "ours", _("One of us")
        ON_TICKET = "on_ticket", _("Takes part in this ticket")
        THIRD_PARTY = "third_party", _("Not a participant of this ticket")

    class SenderState(models.TextChoices):
        """What was proved of the sender's address; empty where the channel says nothing."""

        NONE = "", ""
        VERIFIED = "verified", _("Sender verified")
        UNVERIFIED = "unverified", _("Sender not verified")
        FAILED = "failed", _("Sender is not who they say")
        AUTOMATED = "automated", _("Written by a machine")

    class Delivery(models.TextChoices):
        """What is known about the way to the customer; empty where nothing is sent."""

        NONE = "", ""
        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not sent")
        BOUNCED = "bounced", _("Came back")
        UNCERTAIN = "uncertain", _("Perhaps sent")
        SUPPRESSED = "suppressed", _("Not sent: address blocked")

    #: Kinds of automatic senders whose words start no wait and open nothing.
    ROBOTS: ClassVar[frozenset[str]] = frozenset({"auto-reply", "bounce", "receipt"})

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="messages")
    #: The ticket it was written to, while it lies on another because that one was merged; else None.
    home = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    sender_state = models.CharField(max_length=10, choices=SenderState.choices, blank=True, db_default="")
    channel = models.CharField(max_length=20)
    sender = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    #: In blind copy of one of our answers: for colleagues' eyes, never in what anybody else gets or sees.
    bcc = models.JSONField(default=list, db_default=[])
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    reply_text = models.TextField(blank=True)
    automatic = models.CharField(max_length=20, blank=True)
    external_id = models.CharField(max_length=1000, blank=True)
    references = models.JSONField(default=list)
    #: What only some messages have; see `Inbound.extras`.
    extras = models.JSONField(default=dict, db_default={})
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True)
    delivery_detail = models.CharField(max_length=500, blank=True)
    deliveries = models.JSONField(default=list)
    key = models.UUIDField(null=True, unique=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["customer", "reply", "note"]), name="message_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="customer", person__isnull=False, agent=None)
                | Q(kind__in=["reply", "note"], agent__isnull=False, person=None),
                name="message_has_one_author",
            ),
            models.CheckConstraint(
                condition=~Q(kind="note") | Q(delivery=""), name="note_is_never_delivered"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "id"], name="message_by_ticket"),
            models.Index(fields=["home"], condition=Q(home__isnull=False), name="message_by_home"),
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="message_by_external_id"),
        ]

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.NOTE

    @property
    def author_name(self) -> str:
        author = self.agent or self.person
        return author.name if author else ""

    @classmethod
    def received(
        cls,
        ticket: "TicketBase",
        inbound: Inbound,
        *,
        author: Person,
        standing: "Message.Standing",
        home_id: UUID | None = None,
        at: datetime,
    ) -> "Message":
        """Keep what a channel read; called by Ticket.receive."""
        message = cls.from_inbound(ticket, inbound, author=author, standing=standing, at=at)
        message.home_id = home_id
        insert([message])
        return message

    def lie_on(self, ticket: "TicketBase", *, standing: "Message.Standing | str") -> None:
        """Belong to another ticket from now on; called by `moving`."""
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(ticket_id=ticket.pk, home=None, standing=standing)
        self.ticket_id, self.home_id, self.standing = ticket.pk, None, standing

    @classmethod
    def from_inbound(
        cls,
        ticket: "TicketBase",
        inbound: Inbound,
        *,
        author: Person,
        standing: "Message.Standing",
        at: datetime,
    ) -> "Message":
        """The unsaved message that a channel's reading becomes."""
        return cls(
            ticket_id=ticket.pk,
            kind=cls.Kind.CUSTOMER,
            person=author,
            standing=standing,
            channel=inbound.channel,
            sender=inbound.address[:320],
            to=[list(pair) for pair in inbound.to],
            cc=[list(pair) for pair in inbound.cc],
            text=inbound.text,
            html=inbound.html or "",
            reply_text=inbound.reply_text,
            automatic=inbound.automatic,
            external_id=inbound.external_id[:1000],
            references=list(inbound.references),
            extras=dict(inbound.extras),
            sender_state=inbound.sender_state,
            at=at,
        )

    @classmethod
    def written(
        cls,
        ticket: "TicketBase",
        kind: "Message.Kind",
        *,
        text: str,
        html: str,
        by: Agent,
        cc: Sequence[tuple[str, str]] = (),
        bcc: Sequence[tuple[str, str]] = (),
        key: UUID | None,
        due_at: datetime | None = None,
        at: datetime,
    ) -> "Message":
        """Keep what a colleague wrote; called by the ticket's verbs."""
        message = cls.from_agent(
            ticket, kind, text=text, html=html, by=by, cc=cc, bcc=bcc, key=key, due_at=due_at, at=at
        )
        insert([message])
        return message

    @classmethod
    def from_agent(
        cls,
        ticket: "TicketBase",
        kind: "Message.Kind",
        *,
        text: str,
        html: str,
        by: Agent,
        cc: Sequence[tuple[str, str]] = (),
        bcc: Sequence[tuple[str, str]] = (),
        key: UUID | None = None,
        due_at: datetime | None = None,
        at: datetime,
    ) -> "Message":
        """The unsaved message that a colleague's words become."""
        queued = cls.Delivery.QUEUED if kind == cls.Kind.REPLY else cls.Delivery.NONE
        return cls(
            ticket_id=ticket.pk,
            kind=kind,
            agent=by,
            standing=cls.Standing.OURS,
            channel=ticket.channel,
            text=text,
            html=html,
            reply_text=text,
            cc=[list(pair) for pair in cc],
            bcc=[list(pair) for pair in bcc],
            key=key,
            delivery=queued,
            due_at=due_at,
            at=at,
        )
