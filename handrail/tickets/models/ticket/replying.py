"""A ticket is answered in public."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets import leaving
from handrail.tickets.events import ReplyWithdrawn, ReplyWritten, TicketReopened
from handrail.tickets.models.attachment import Attachment
from handrail.tickets.models.message import Message, snippet_of
from handrail.tickets.models.planned import PlannedReply
from handrail.tickets.models.ticket.surviving import Surviving
from handrail.tickets.planning import WallTime


class Replying(Surviving):
    """A ticket can be answered, once for each press of send, and the answer withdrawn before it leaves."""

    class Meta:
        abstract = True

    class NewerMessage(Exception):
        """Something came in that the writer had not seen; args[0] is the newest message."""

    class AlreadySent(Exception):
        """withdraw() came too late: the answer is on its way."""

    class NeedsReview(Exception):
        """The writer's answers are read by somebody before they leave: `reviewing` asks for it."""

    @transaction.atomic
    def reply(
        self,
        *,
        text: str,
        html: str = "",
        by: Agent,
        at: datetime,
        cc: Sequence[tuple[str, str]] = (),
        bcc: Sequence[tuple[str, str]] = (),
        files: Sequence[StoredFile] = (),
        key: UUID | None = None,
        seen: UUID | None = None,
        undo: timedelta = timedelta(0),
        planned: WallTime | None = None,
        approved_by: Agent | None = None,
    ) -> Message:
        """Answer the customer; the ticket then waits for them.

        bcc: in blind copy of this answer alone. key: the same key again returns the answer that is there.
        seen: the newest message the writer had seen; raises NewerMessage when another came since. undo: how
        long it can be withdrawn; a planned one until it leaves. approved_by: who has read it. Raises also
        WentInto (merged), NeedsReview when somebody has to read it first, MustStay (`leaving`).
        """
        self.lock()
        if key and (again := Message.objects.filter(key=key).first()):
            return again
        self.mind_the_merge()
        if by.answers_need_review and approved_by is None:
            raise self.NeedsReview
        self.mind_what_came_since(seen)
        leaving.mind(text, html)
        due_at = planned.moment if planned else at + undo
        words: dict[str, Any] = {"text": text, "html": html, "cc": cc, "bcc": bcc}
        message = Message.written(self, Message.Kind.REPLY, **words, by=by, key=key, due_at=due_at, at=at)
        if planned:
            PlannedReply.keep(message, planned, by=by, at=at)
        Attachment.attach_stored(message, files)
        self._answered(text, by=by, at=at)
        self.tell(ReplyWritten.of(message, planned=bool(planned), approved_by=approved_by))
        return message

    @transaction.atomic
    def withdraw(self, message: Message, *, by: Agent, at: datetime) -> None:
        """Take an answer back. Raises AlreadySent once its time is over."""
        self.lock()
        self.mind_the_departure(message, at=at)
        gone = Message.objects.filter(pk=message.pk, ticket_id=self.pk)
        self.tell(ReplyWithdrawn(ticket_id=self.pk, message_id=message.pk, by_agent_id=by.pk, at=at))
        gone.delete()
        self._unanswered(by=by, at=at)

    def mind_the_departure(self, message: Message, *, at: datetime) -> None:
        """Raise AlreadySent when it is on its way, or no answer of this ticket."""
        rows = Message.objects.filter(pk=message.pk, ticket_id=self.pk, kind=Message.Kind.REPLY)
        if not rows.filter(due_at__gt=at, delivery=Message.Delivery.QUEUED).exists():
            raise self.AlreadySent

    def mind_what_came_since(self, seen: UUID | None) -> None:
        """Raise NewerMessage when something was said in public after the message that was seen."""
        if seen is None:
            return
        newest = (
            Message.objects.filter(ticket_id=self.pk).exclude(kind=Message.Kind.NOTE).order_by("-id").first()
        )
        if newest and newest.pk != seen:
            raise self.NewerMessage(newest)

    def _answered(self, text: str, *, by: Agent, at: datetime) -> None:
        columns: dict[str, Any] = {"waiting_since": None, "snippet": snippet_of(text)}
        ended = self.status if self.is_done else ""
        if not self.turn(self.Status.WAITING, at=at, **columns):
            self.change(at=at, **columns)
        self._tell_if_open_again(ended, by=by, at=at)

    def _tell_if_open_again(self, ended: str, *, by: Agent, at: datetime) -> None:
        """A ticket that is answered, or whose closing answer is taken back, is not done. ended: its end."""
        if ended and not self.is_done:
            self.tell(TicketReopened(ticket_id=self.pk, by_agent_id=by.pk, was_status=ended, at=at))

    def _unanswered(self, *, by: Agent, at: datetime) -> None:
        """Put back the wait that the withdrawn answer had ended."""
        last = (
            Message.objects.filter(ticket_id=self.pk).exclude(kind=Message.Kind.NOTE).order_by("-id").first()
        )
        ended = self.status if self.is_done else ""
        if last is not None and last.kind == Message.Kind.CUSTOMER:
            snippet = snippet_of(last.reply_text or last.text)
            if not self.turn(self.Status.OPEN, at=at, waiting_since=last.at, snippet=snippet):
                since = None if self.is_done else last.at
                self.change(at=at, waiting_since=since, snippet=snippet)
        elif ended:
            self.turn(self.Status.WAITING, at=at)
        elif last is None:
            self.turn(self.Status.OPEN, at=at)
        self._tell_if_open_again(ended, by=by, at=at)
