"""What an operator does by hand with a mail of the outbox."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from handrail.accounts.models import User
from handrail.channels.email.events import MailCalledOff, MailReaddressed, MailSentAgain
from handrail.channels.email.header_lines import mailable
from handrail.channels.email.models.delivery import Delivery
from handrail.channels.email.models.outgoing.base import OutgoingBase
from handrail.events import publish
from handrail.kit import drains


class Handling(OutgoingBase):
    """A mail can be sent again, called off, and sent to a mended address."""

    class Meta(OutgoingBase.Meta):
        abstract = True

    class NothingToSendAgain(Exception):
        """send_again() was called on a mail that everybody has got, or that is on its way."""

    class NotWaiting(Exception):
        """call_off() was called on a mail that does not wait."""

    class SameRecipient(Exception):
        """readdress() was given the address of somebody who gets this mail already."""

    @transaction.atomic
    def send_again(self, *, by: User, at: datetime) -> None:
        """Let it leave once more to those who did not get it, because a person wants it.

        Raises NothingToSendAgain.
        """
        rows = Delivery.objects.filter(mail=self.pk, state__in=Delivery.MENDABLE)
        mine = type(self).objects.filter(pk=self.pk).exclude(state=self.State.SENDING)  # type: ignore[attr-defined]
        if not mine.select_for_update().exists() or not (rows.exists() or self._has_nobody()):
            raise self.NothingToSendAgain
        rows.turn(Delivery.State.QUEUED, again=timedelta(0), at=at)
        first = Delivery.objects.filter(mail=self.pk).open().order_by("copied", "id").first()
        self._write(
            state=self.State.QUEUED,
            last_error="",
            attempts=0,
            doubts=0,
            tried_at=None,
            due_at=Now(),
            next_try_at=Now(),
            settled_at=None,
            domain=first.domain if first else "",
        )
        self.refresh_from_db()
        publish(MailSentAgain(outgoing_mail_id=self.pk, by_user_id=by.pk, at=at))
        drains.wake("outgoing")

    @transaction.atomic
    def call_off(self, *, by: User, at: datetime) -> None:
        """Take it out of the queue; who has got it, has got it. Raises NotWaiting."""
        mine = type(self).objects.filter(pk=self.pk, next_try_at__isnull=False)  # type: ignore[attr-defined]
        if not mine.exclude(state=self.State.SENDING).select_for_update().exists():
            raise self.NotWaiting
        Delivery.objects.filter(mail=self.pk).open().turn(
            Delivery.State.FAILED, detail=f"called off by {by.name}", at=at
        )
        self._write(state=self.State.CANCELLED, next_try_at=None, settled_at=at)
        publish(MailCalledOff(outgoing_mail_id=self.pk, by_user_id=by.pk, at=at))

    @transaction.atomic
    def readdress(self, delivery_id: UUID, *, address: str, by: User, at: datetime) -> None:
        """Mend the address of somebody who did not get it, and let it leave to them.

        Raises Unsendable, SameRecipient, NothingToSendAgain.
        """
        address = mailable(address.strip().lower())
        one = Delivery.objects.filter(mail=self.pk, pk=delivery_id, state__in=Delivery.MENDABLE).first()
        if one is None:
            raise self.NothingToSendAgain
        if Delivery.objects.filter(mail=self.pk, address=address).exists():
            raise self.SameRecipient
        was, one.address = one.address, address
        one.save(update_fields=["address"])
        publish(MailReaddressed(outgoing_mail_id=self.pk, was=was, now=address, by_user_id=by.pk, at=at))
        self.send_again(by=by, at=at)

    def _has_nobody(self) -> bool:
        return self.state == self.State.FAILED and not Delivery.objects.filter(mail=self.pk).exists()
