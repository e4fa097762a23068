"""Writing together: a draft is shown to all who may see the ticket, written in by several, sent by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from handrail.events.live import touch
from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets import answering, policies
from handrail.tickets.events import DraftShared, DraftTakenBack, ReviewCalledOff, SharedDraftWritten
from handrail.tickets.macros.applying import Use
from handrail.tickets.models import Draft, Message, SharedDraft, Ticket, Variant
from handrail.tickets.models.macro import Macro
from handrail.tickets.planning import WallTime

#: Colleagues see who writes; so often at most are their pages asked to look again.
LOOK_AGAIN = timedelta(seconds=10)
#: What goes with what is sent, besides its words, its key and a macro.
WITH_A_NOTE = ("mentioned",)
WITH_AN_ANSWER = ("seen", "undo", "cc", "bcc", "closing", "despite", "planned")


class NothingThere(Exception):
    """There is no draft to share, or nothing in it."""


@transaction.atomic
def share(
    ticket: Ticket, *, mode: str, text: str, html: str, by: Agent, at: datetime, told: bool = True
) -> SharedDraft:
    """Show one's own draft, with these words, to all who may see the ticket. Raises NothingThere, WentInto.

    told: False where the caller tells more than that it is shared.
    """
    ticket.lock()
    ticket.mind_the_merge()
    draft = Draft.keep(ticket_id=ticket.pk, by=by, mode=mode, text=text, html=html, at=at)
    if not (draft.text or draft.files.exists()):
        draft.delete()
        raise NothingThere
    shared = SharedDraft.of(draft, at=at)
    if told:
        ticket.tell(DraftShared(ticket_id=ticket.pk, draft_id=shared.pk, by_agent_id=by.pk, at=at))
    return shared


@transaction.atomic
def write(
    draft_id: UUID, *, text: str, html: str, by: Agent, seen: int, at: datetime
) -> tuple[SharedDraft, Variant | None]:
    """Save what somebody typed, and return the draft as it is then.

    seen: the version they began with. When somebody else wrote since, theirs stays, and these words are kept
    beside it: that variant is returned too. Raises DoesNotExist when it was sent or taken back meanwhile.
    """
    draft = held_draft(draft_id)
    mind_the_review(draft, by=by)
    if (text, html) == (draft.text, draft.html):
        return draft, None
    if draft.is_newer_than(seen, by=by):
        variant = Variant.keep(draft, text=text, html=html, by=by, at=at)
        _look_again(draft)
        return draft, variant
    takes_over, looked_at = draft.writer_id != by.pk, draft.updated_at
    draft.write(text=text, html=html, by=by, at=at)
    if takes_over:
        _tell_who_writes(draft, by=by, at=at)
    elif at - looked_at > LOOK_AGAIN:
        _look_again(draft)
    return draft, None


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is sent of a shared draft, and what goes with it, as `answering.answer` takes it.

    mentioned: those named in a note; of what goes with an answer a note has only `using`.
    """

    text: str
    html: str
    key: UUID
    seen: UUID | None = None
    undo: timedelta = timedelta(0)
    cc: Sequence[tuple[str, str]] = ()
    bcc: Sequence[tuple[str, str]] = ()
    mentioned: Sequence[Agent] = ()
    closing: str = ""
    despite: str = ""
    planned: WallTime | None = None
    using: Use | None = None


@transaction.atomic
def send(draft_id: UUID, words: Words, *, version: int, by: Agent, at: datetime) -> Message | Variant:
    """Send it as `by`, or leave it as a note; when somebody else wrote since, keep the words beside it.

    Raises what answering does, and DoesNotExist when it was sent or taken back meanwhile.
    """
    ticket = Ticket.objects.get(pk=held_draft(draft_id).ticket_id)
    draft, kept = write(draft_id, text=words.text, html=words.html, by=by, seen=version, at=at)
    if kept:
        return kept
    is_note = draft.mode == Draft.Mode.NOTE
    goes: Sequence[str] = WITH_A_NOTE if is_note else WITH_AN_ANSWER
    said: dict[str, Any] = {name: getattr(words, name) for name in ("text", "html", "key", "using", *goes)}
    deed = answering.note if is_note else answering.answer
    return deed(ticket, by=by, shared=draft, at=at, **said)


@transaction.atomic
def keep_readers(draft_id: UUID, *, cc: Sequence[str], bcc: Sequence[str], by: Agent) -> None:
    """Remember who gets it in copy; addresses in small letters. Raises PermissionDenied, DoesNotExist."""
    draft = held_draft(draft_id)
    mind_the_review(draft, by=by)
    draft.keep(copies=Draft.chosen_readers(draft.ticket_id, cc=cc, bcc=bcc))


@transaction.atomic
def take_macro(draft_id: UUID, macro: Macro | None, *, struck: Sequence[int] = (), by: Agent) -> None:
    """Let it carry a macro, or none. Raises PermissionDenied, DoesNotExist."""
    draft = held_draft(draft_id)
    mind_the_review(draft, by=by)
    draft.keep(macro=macro, struck=sorted(set(struck)))
    _look_again(draft)


@transaction.atomic
def change_places(variant: Variant, *, by: Agent, at: datetime) -> SharedDraft:
    """What was kept beside the draft becomes the draft, and the other way round."""
    draft = held_draft(variant.draft_id)
    variant = draft.variants.select_for_update().get(pk=variant.pk)
    variant.draft = draft
    variant.change_places(by=by, at=at)
    _tell_who_writes(draft, by=by, at=at)
    return draft


@transaction.atomic
def add_file(draft_id: UUID, stored: StoredFile, *, inline: bool = False) -> None:
    """Put a stored file with it. inline: for a place in its text. Raises DoesNotExist."""
    draft = held_draft(draft_id)
    draft.hang(stored, inline=inline)
    _look_again(draft)


@transaction.atomic
def drop_file(draft_id: UUID, stored_id: UUID) -> bool:
    """Take a file off it; False when it does not hang there. Raises DoesNotExist."""
    draft = held_draft(draft_id)
    held = draft.files.through.objects.filter(shareddraft=draft.pk, storedfile=stored_id)
    return bool(held.delete()[0])


@transaction.atomic
def take_back(draft_id: UUID, *, by: Agent, at: datetime) -> Draft:
    """It is its owner's own again, before what they typed since. Raises PermissionDenied, DoesNotExist."""
    draft = held_draft(draft_id)
    if not may_take_back(draft, by):
        raise PermissionDenied
    own = as_own(draft, whose=draft.agent if draft.agent.user.is_active else by, at=at)
    kind = ReviewCalledOff if draft.asked_at else DraftTakenBack
    fact = kind(ticket_id=draft.ticket_id, draft_id=draft.pk, by_agent_id=by.pk, at=at)
    ticket = draft.ticket
    draft.delete()
    ticket.tell(fact)
    return own


def may_take_back(draft: SharedDraft, agent: Agent) -> bool:
    """Its owner may; when the owner has left, whoever may write."""
    return draft.agent_id == agent.pk or not draft.agent.user.is_active


def mind_the_review(draft: SharedDraft, *, by: Agent) -> None:
    """While an answer waits to be read, only its readers write in it. Raises PermissionDenied."""
    if draft.asked_at and not policies.may_review(by, draft.agent_id):
        raise PermissionDenied


def as_own(draft: SharedDraft, *, whose: Agent, at: datetime) -> Draft:
    """Its words and files in somebody's own draft on the ticket."""
    inside = [stored for stored in draft.files.all() if str(stored.pk) in draft.inline]
    beside = [stored for stored in draft.files.all() if str(stored.pk) not in draft.inline]
    own = Draft.restore(
        ticket_id=draft.ticket_id,
        by=whose,
        text=draft.text,
        html=draft.html,
        files=beside,
        inline=inside,
        at=at,
    )
    if draft.copies:
        own.go_to(draft.copies)
    if draft.mode == Draft.Mode.NOTE or draft.macro:
        own.become(mode=draft.mode, macro=draft.macro, struck=draft.struck)
    return own


def held_draft(draft_id: UUID) -> SharedDraft:
    """The draft, held until the transaction ends. Raises DoesNotExist."""
    rows = SharedDraft.objects.select_for_update(of=("self",))
    return rows.select_related("ticket", "agent__user", "macro").get(pk=draft_id)


def _tell_who_writes(draft: SharedDraft, *, by: Agent, at: datetime) -> None:
    fact = SharedDraftWritten(
        ticket_id=draft.ticket_id, draft_id=draft.pk, by_agent_id=by.pk, of_agent_id=draft.agent_id, at=at
    )
    draft.ticket.tell(fact)


def _look_again(draft: SharedDraft) -> None:
    touch(f"ticket:{draft.ticket_id}", "ticket", number=draft.ticket.number)
