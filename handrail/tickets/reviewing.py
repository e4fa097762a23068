"""Answers of colleagues who learn: they wait until somebody has read them, and leave under their own name.

`Ticket.reply` refuses such answers by itself (NeedsReview), so that no road leads around this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets import answering, leaving, policies, sharing
from handrail.tickets.events import ReviewApproved, ReviewAsked, ReviewSentBack
from handrail.tickets.macros.choosing import use_of
from handrail.tickets.models import Draft, Message, Review, SharedDraft, Ticket, Variant
from handrail.tickets.planning import LEAST_AHEAD, WallTime
from handrail.tickets.queries.links import newest_on


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What its writer would have sent: the words, and what goes with them. seen: as of an answer."""

    text: str
    html: str
    key: UUID
    seen: UUID | None = None
    cc: Sequence[tuple[str, str]] = ()
    bcc: Sequence[tuple[str, str]] = ()
    closing: str = ""
    planned: WallTime | None = None
    macro: UUID | None = None
    struck: Sequence[int] = ()
    despite: str = ""

    @property
    def order(self) -> dict[str, object]:
        """As JSON keeps it."""
        wall = self.planned.wall.isoformat(timespec="minutes") if self.planned else ""
        return {
            "key": str(self.key),
            "seen": str(self.seen or ""),
            "cc": [list(pair) for pair in self.cc],
            "bcc": [list(pair) for pair in self.bcc],
            "closing": self.closing,
            "wall": wall,
            "zone": self.planned.zone if self.planned else "",
            "macro": str(self.macro or ""),
            "struck": list(self.struck),
            "despite": self.despite,
        }


@transaction.atomic
def ask(
    ticket: Ticket,
    wish: Wish,
    *,
    by: Agent,
    shared: SharedDraft | None = None,
    files: Sequence[StoredFile] = (),
    at: datetime,
) -> SharedDraft:
    """Let the answer wait until somebody has read it; the files of the draft, or of a shared one, go along.

    The same key again returns what waits already. files: further ones. Raises Ticket.NewerMessage,
    WentInto, leaving.MustStay.
    """
    ticket.lock()
    ticket.mind_the_merge()
    if again := SharedDraft.objects.filter(ticket=ticket, order__key=str(wish.key)).first():
        return again
    ticket.mind_what_came_since(wish.seen)
    leaving.mind(wish.text, wish.html)
    words = {"text": wish.text, "html": wish.html}
    if shared is None:
        for stored in files:
            Draft.add_file(ticket_id=ticket.pk, by=by, stored=stored, at=at)
        shared = sharing.share(ticket, mode=Draft.Mode.REPLY, **words, by=by, at=at, told=False)
    order = {**wish.order, "seen": str(wish.seen or newest_on(ticket) or "")}
    shared.keep(**words, agent=by, writer=by, asked_at=at, order=order)
    Variant.keep(shared, **words, by=by, why=Variant.Why.ASKED, at=at)
    asked = ReviewAsked(
        ticket_id=ticket.pk, draft_id=shared.pk, by_agent_id=by.pk, brand_id=ticket.brand_id, at=at
    )
    ticket.tell(asked)
    return shared


@transaction.atomic
def ask_with(draft_id: UUID, wish: Wish, *, version: int, by: Agent, at: datetime) -> SharedDraft | Variant:
    """The same with a shared draft, over a version of it; what overtook it is told as by `sharing.send`."""
    draft, kept = sharing.write(draft_id, text=wish.text, html=wish.html, by=by, seen=version, at=at)
    if kept:
        return kept
    return ask(Ticket.objects.get(pk=draft.ticket_id), wish, by=by, shared=draft, at=at)


@transaction.atomic
def approve(
    draft_id: UUID,
    *,
    text: str,
    html: str,
    version: int,
    seen: UUID | None,
    by: Agent,
    undo: timedelta,
    at: datetime,
) -> Message | Variant:
    """Let it leave, with these words, under its writer's name.

    When another reviewer wrote since, the words are kept beside theirs and returned. Raises PermissionDenied,
    DoesNotExist, what answering does; doing.Unfit when its macro cannot be used any more.
    """
    draft = waiting(draft_id, by=by)
    ticket = Ticket.objects.get(pk=draft.ticket_id)
    draft, kept = sharing.write(draft_id, text=text, html=html, by=by, seen=version, at=at)
    if kept:
        return kept
    asked = draft.variants.filter(why=Variant.Why.ASKED).first()
    was = asked.text if asked and asked.text != text else ""
    writer, asked_at = draft.agent, draft.asked_at or at
    message = _send(ticket, draft, {"text": text, "html": html, "seen": seen}, by=by, undo=undo, at=at)
    Review.keep(message, by=by, text=was, asked_at=asked_at, at=at)
    fact = ReviewApproved(
        ticket_id=ticket.pk,
        draft_id=draft_id,
        message_id=message.pk,
        by_agent_id=by.pk,
        of_agent_id=writer.pk,
        changed=bool(was),
        at=at,
    )
    ticket.tell(fact)
    return message


def _send(
    ticket: Ticket, draft: SharedDraft, words: dict[str, Any], *, by: Agent, undo: timedelta, at: datetime
) -> Message:
    """With all that its writer had ordered, under their name."""
    order, writer, despite = draft.order, draft.agent, draft.order.get("despite", "")
    macro = UUID(order["macro"]) if order["macro"] else None
    return answering.answer(
        ticket,
        **words,
        by=writer,
        approved_by=by,
        key=UUID(order["key"]),
        undo=undo,
        cc=[(name, address) for name, address in order["cc"]],
        bcc=[(name, address) for name, address in order.get("bcc", ())],
        closing=order["closing"],
        despite=despite,
        planned=_moment_of(order, at=at),
        using=use_of(ticket, macro, struck=order["struck"], despite=despite, agent=writer, at=at),
        shared=draft,
        at=at,
    )


@transaction.atomic
def send_back(draft_id: UUID, *, comment: str, by: Agent, at: datetime) -> Draft:
    """It is in its writer's own draft again, with a word why. Raises PermissionDenied, DoesNotExist."""
    draft = waiting(draft_id, by=by)
    writer, ticket = draft.agent, draft.ticket
    own = sharing.as_own(draft, whose=writer, at=at)
    fact = ReviewSentBack(
        ticket_id=ticket.pk,
        draft_id=draft.pk,
        by_agent_id=by.pk,
        of_agent_id=writer.pk,
        comment=comment,
        at=at,
    )
    draft.delete()
    ticket.tell(fact)
    return own


def mind(draft: SharedDraft, *, by: Agent) -> None:
    """Raise PermissionDenied unless it waits and `by` may review it."""
    if draft.asked_at is None or not policies.may_review(by, draft.agent_id):
        raise PermissionDenied


def colleagues_of(agent: Agent) -> list[Agent]:
    """Whose answers this agent may let be read: those they share a brand with, by name."""
    return list(Agent.objects.visible_to(agent).available().select_related("user__role").order_by("name"))


def waiting(draft_id: UUID, *, by: Agent) -> SharedDraft:
    """The answer, held, if it waits and `by` may review it. Raises PermissionDenied, DoesNotExist."""
    draft = sharing.held_draft(draft_id)
    if draft.asked_at is None:
        raise SharedDraft.DoesNotExist
    mind(draft, by=by)
    return draft


def _moment_of(order: dict[str, str], *, at: datetime) -> WallTime | None:
    """When it was meant to leave; None, at once, when that is over."""
    if not order["wall"]:
        return None
    planned = WallTime(wall=datetime.fromisoformat(order["wall"]), zone=order["zone"])
    return planned if planned.moment >= at + LEAST_AHEAD else None
