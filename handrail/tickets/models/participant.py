"""Who belongs to a ticket's conversation, by address."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from handrail.kit.text import small_letters

if TYPE_CHECKING:
    from handrail.tickets.models.ticket.base import TicketBase

#: So many addresses in copy become participants; the rest of a long list is kept in the message only.
COPIED_LIMIT = 20


class Participant(models.Model):
    """An address that may write on this ticket and is written to."""

    class Part(models.TextChoices):
        REQUESTER = "requester", "requester"
        COPIED = "copied", "copied"

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=10, choices=Part.choices)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "address"], name="address_takes_part_once")]

    @classmethod
    def joining(cls, *, address: str, name: str, part: "Participant.Part", at: datetime) -> "Participant":
        """An unsaved participant; the ticket's verbs save it."""
        return cls(address=small_letters(address)[:320], name=name[:200], part=part, joined_at=at)

    def seat(self, ticket: "TicketBase") -> None:
        """Take part in this ticket."""
        self.ticket_id = ticket.pk
        self.save(force_insert=True)
