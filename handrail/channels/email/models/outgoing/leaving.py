"""A mail is put into the outbox, taken from it to be sent, or called back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.delivery import Delivery
from handrail.channels.email.models.dispatch import Dispatch
from handrail.channels.email.models.outgoing import gathering
from handrail.channels.email.models.outgoing.base import OutgoingBase, Pair
from handrail.channels.email.models.outgoing.ending import GIVE_UP_AFTER
from handrail.channels.email.models.outgoing.queryset import OutgoingMails
from handrail.kit import drains
from handrail.kit.prepared import Prepared
from handrail.tickets.models import Message

if TYPE_CHECKING:
    from handrail.channels.email.models.outgoing import OutgoingMail


#: What is due is asked over the whole backlog, so it is asked for many mails at once. Whether one of them
#: still is, with all that may stand in its way, is asked of a few when the next one is taken.
LOOKED_AHEAD, ASKED_AT_ONCE = 60, 10
_TAKEN = """
    UPDATE channels_email_outgoingmail
       SET doubts = doubts + (state = 'sending')::int, state = 'sending', attempts = attempts + 1,
           tried_at = statement_timestamp()
     WHERE id = %s
"""


class Leaving(OutgoingBase):
    """The way of a mail from the verb that needs it into the hands of a sender."""

    class Meta(OutgoingBase.Meta):
        abstract = True

    @classmethod
    def put(
        cls,
        *,
        rfc_message_id: str,
        to: Sequence[Pair],
        cc: Sequence[Pair] = (),
        bcc: Sequence[Pair] = (),
        lane: UUID,
        message: Message | None = None,
        dispatch: Dispatch | None = None,
        letter_id: UUID | None = None,
        account: EmailAccount | None = None,
        server: str = "",
        brand_id: UUID | None = None,
        due_at: datetime,
        planned: bool = False,
        at: datetime,
    ) -> "OutgoingMail":
        """Write a mail into the outbox. It waits by the database's clock, a planned one for its moment."""
        leaves_at = due_at if planned else Now() + (due_at - at)
        mail = cls(
            message=message,
            dispatch=dispatch,
            letter_id=letter_id,
            brand_id=brand_id,
            account=account,
            server=server,
            lane=lane,
            rfc_message_id=rfc_message_id,
            due_at=leaves_at,
            next_try_at=leaves_at,
            created_at=at,
        )
        deliveries = Delivery.for_mail(mail.pk, to=to, cc=cc, bcc=bcc, at=at)
        mail.domain = deliveries[0].domain if deliveries else ""
        mail.save(force_insert=True)
        Delivery.objects.bulk_create(deliveries)
        drains.wake("outgoing")
        return cast("OutgoingMail", mail)

    @classmethod
    def cancel(cls, message_id: UUID, *, at: datetime) -> bool:
        """Keep an answer from leaving; False when it has begun to leave."""
        rows = cls.rows().filter(message=message_id, state=cls.State.QUEUED, attempts=0)
        return bool(rows.update(state=cls.State.CANCELLED, next_try_at=None, settled_at=at))

    @classmethod
    def plan(cls, message_id: UUID, *, due_at: datetime) -> bool:
        """Let an answer leave at another moment; False when it has begun to leave."""
        rows = cls.rows().filter(message=message_id, state=cls.State.QUEUED, attempts=0)
        changed = rows.update(due_at=due_at, next_try_at=due_at)
        drains.wake("outgoing")
        return bool(changed)

    @classmethod
    def go_by(cls, server: str, *, account_id: UUID) -> None:
        """Let what waits to leave a mailbox go by another server."""
        cls.rows().filter(account=account_id, state__in=["queued", "uncertain"]).update(server=server)

    @classmethod
    @transaction.atomic(savepoint=False)
    def take(cls, soon: list[UUID] | None = None) -> UUID | None:
        """The id of the next mail to send, its try counted for good when this commits; None: none is due.

        soon: a list that the caller keeps for the next time, of mails that were due a moment ago.
        One that was in the hands of a process which died may have left: that is a doubt.
        """
        known: list[UUID] = [] if soon is None else soon
        found = _first_due(known)
        if found is None:
            known[:] = [mail_id for (mail_id,) in _DUE.rows()]
            found = _first_due(known)
        if found is not None:
            with connection.cursor() as cursor:
                cursor.execute(_TAKEN, [found])
        return found

    @classmethod
    def in_hand(cls, mail_id: UUID) -> Self | None:
        """A mail just taken, locked until the transaction ends; None when somebody else has it now."""
        return cast("Self | None", gathering.in_hand(mail_id))

    @classmethod
    def wait_for_server(cls, server: str, error: str, *, at: datetime) -> list[Self]:
        """Note on everything that is due why it does not leave; returns what has waited too long."""
        due = cls.rows().filter(state=cls.State.QUEUED, server=server, next_try_at__lte=Now())
        due.exclude(last_error=error[:500]).update(last_error=error[:500])
        return cast("list[Self]", list(due.filter(due_at__lt=at - GIVE_UP_AFTER)[:100]))

    @classmethod
    def rows(cls) -> OutgoingMails:
        """All of the outbox."""
        return OutgoingMails(cls)


def _first_due(known: list[UUID]) -> UUID | None:
    """The first that nobody else has taken meanwhile, locked; it and all before it leave the list."""
    while known:
        some = known[:ASKED_AT_ONCE]
        padded = some + some[-1:] * (ASKED_AT_ONCE - len(some))  # one length: one prepared statement
        for (mail_id,) in _STILL_DUE.rows(mails=padded):
            del known[: some.index(mail_id) + 1]
            return cast(UUID, mail_id)
        del known[: len(some)]
    return None


def _due() -> "QuerySet[Any, tuple[UUID]]":
    return _rows().due().values_list("pk")[:LOOKED_AHEAD]


def _still_due(*, mails: list[UUID]) -> "QuerySet[Any, tuple[UUID]]":
    return _rows().due().filter(pk__in=mails).select_for_update(skip_locked=True).values_list("pk")[:1]


def _rows() -> OutgoingMails:
    return OutgoingMails(apps.get_model("channels_email", "OutgoingMail"))


_DUE, _STILL_DUE = Prepared(_due), Prepared(_still_due)
