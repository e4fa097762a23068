"""The outbox: one row for each mail that must leave, written in the transaction that made it necessary."""

from handrail.channels.email.models.outgoing.ending import Ending
from handrail.channels.email.models.outgoing.handling import Handling
from handrail.channels.email.models.outgoing.leaving import Leaving
from handrail.channels.email.models.outgoing.queryset import OutgoingMails


class OutgoingMail(Leaving, Ending, Handling):
    """One mail on its way. Every try uses the same Message-ID, so that a copy is recognised as one."""

    objects = OutgoingMails.as_manager()


__all__ = ["OutgoingMail"]
