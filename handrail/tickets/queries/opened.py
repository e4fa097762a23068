"""One ticket, opened: everything its page shows, in a handful of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from handrail.accounts.rights import Words
from handrail.kit import clock
from handrail.kit.prepared import Prepared
from handrail.team.models import Agent
from handrail.tickets import policies, reachability, stages
from handrail.tickets.checklists.queries import Listed, checklists_on
from handrail.tickets.inserts import Insert, offered
from handrail.tickets.macros.choosing import macro_for
from handrail.tickets.macros.laying_out import Layout, laid_out
from handrail.tickets.models import Draft, Participant, Snooze, Ticket
from handrail.tickets.models.categories import Category
from handrail.tickets.queries.drafting import Shared, shared_on
from handrail.tickets.queries.fields import FieldPanel, field_panel
from handrail.tickets.queries.history import History, history_of
from handrail.tickets.queries.shown import Seat, Shown
from handrail.tickets.queries.timeline import Timeline, timeline_of
from handrail.tickets.reasons import USUAL, words_for
from handrail.tickets.setting_aside import LONGEST_TEXT
from handrail.tickets.stages import Stage, Stages


@dataclass(frozen=True, slots=True)
class Hung:
    """A file that hangs on a draft."""

    pk: str
    name: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stood beside the words in a composer that was refused. copied: None as on the ticket.

    loose, loose_blind: what is no address in the lines for people in copy and in blind copy. despite: why it
    ends although something is open.
    """

    copied: list[Seat] | None = None
    blind: list[Seat] = field(default_factory=list)
    loose: str = ""
    loose_blind: str = ""
    later_at: str = ""
    spent: str = ""
    despite: str = ""

    @classmethod
    def kept(cls, copies: Mapping[str, list[str] | None]) -> "Typed":
        """Who was chosen to get it in copy, as a draft keeps them."""
        cc, bcc = (
            [Seat(address=each, name="", part="copied") for each in copies.get(line) or ()]
            for line in ("cc", "bcc")
        )
        return cls(copied=None if copies.get("cc") is None else cc, blind=bcc)


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """What this agent has begun to write. files: what hangs on it already.

    macro: what is done when it is sent, without the steps whose places are struck. typed: after a refusal.
    """

    mode: str
    text: str
    html: str
    files: list[Hung]
    updated_at: datetime | None
    macro: Layout | None = None
    struck: tuple[int, ...] = ()
    typed: Typed = Typed()


@dataclass(frozen=True, kw_only=True)
class May:
    """What the viewing agent may do with the ticket. is_reviewed: somebody reads their answers first."""

    reply: bool
    note: bool
    assign: bool
    close: bool
    change: bool
    enter_time: bool
    review: bool = False
    is_reviewed: bool = False


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A ticket with its panels, for one viewer."""

    ticket: Shown
    timeline: Timeline
    draft: Unsent
    history: History
    may: May
    stage: Stage
    moves: list[Stage]
    fields: FieldPanel
    viewer_id: UUID
    unreachable: dict[str, Words]
    shared: list[Shared]
    snooze: Snooze | None = None
    inserts: list[Insert] = field(default_factory=list)
    checklists: list[Listed] = field(default_factory=list)

    @property
    def is_mine(self) -> bool:
        return self.ticket.owner_id == self.viewer_id

    @property
    def closure_words(self) -> str:
        """Why it was closed; empty while it is open."""
        return words_for(self.ticket.reason) if self.ticket.reason else ""

    @property
    def held_words(self) -> str:
        """What it waits for while it is on hold; empty else."""
        return words_for(self.ticket.held_for) if self.ticket.held_for else ""

    @property
    def reasons(self) -> dict[str, str]:
        """The usual reasons to close a ticket."""
        return {key: str(words) for key, words in USUAL.items()}

    @property
    def longest_text(self) -> int:
        """In characters: what is longer becomes a file."""
        return LONGEST_TEXT

    @property
    def fresh_key(self) -> UUID:
        """A new idempotency key for one more answer or note."""
        return uuid4()

    @property
    def requester_address(self) -> str:
        seats = self.ticket.seats
        return next((seat.address for seat in seats if seat.part == Participant.Part.REQUESTER), "")

    @property
    def copied(self) -> list[Seat]:
        """Who gets it in copy: as somebody had typed it, else as on the ticket."""
        if self.draft.typed.copied is not None:
            names = {seat.address: seat.name for seat in self.ticket.seats}
            return [replace(seat, name=names.get(seat.address, "")) for seat in self.draft.typed.copied]
        return [seat for seat in self.ticket.seats if seat.part == Participant.Part.COPIED]

    @property
    def blind(self) -> list[Seat]:
        """Who gets it in blind copy: as somebody had typed it; never by itself."""
        return self.draft.typed.blind


def opened(ticket: Shown, *, agent: Agent, start: UUID | None = None) -> Opened:
    """Everything that belongs to a ticket found by `shown`; the timeline begins with `start`."""
    every = stages.stages(edition=ticket.edition)
    stage = every.of(ticket.status, ticket.stage_id)
    panel = field_panel(ticket, stage, agent=agent, edition=ticket.edition)
    return Opened(
        ticket=ticket,
        stage=stage,
        moves=moves_for(every, stage, agent=agent),
        fields=panel,
        timeline=timeline_of(ticket.id, start=start, fields=panel.told),
        draft=draft_on(ticket.id, agent=agent),
        history=history_of(ticket.requester_id, agent=agent, apart_from=ticket.id),
        may=rights_of(agent),
        viewer_id=agent.pk,
        inserts=offered(agent.user),
        shared=shared_on(ticket.id, agent=agent) if ticket.has_shared_drafts else [],
        checklists=checklists_on(ticket.id, agent=agent) if ticket.has_checklists else [],
        snooze=snooze_on(ticket) if ticket.status == Category.HOLD else None,
        unreachable=reachability.unreachable(ticket.brand_id, [seat.address for seat in ticket.seats]),
    )


def snooze_on(ticket: Shown) -> Snooze | None:
    """Until when or until what it sleeps."""
    return Snooze.objects.filter(hold__ticket=ticket.id).first()


def moves_for(every: Stages, stage: Stage, *, agent: Agent) -> list[Stage]:
    """Where this agent may move a ticket that stands here; its own close button stands for plain closing."""
    if stage.category == Category.MERGED:
        return []
    return [
        each
        for each in every.offered
        if each.key not in (stage.key, Category.NEW, Category.CLOSED)
        and policies.may_move(agent, stage, each)
        and every.may(agent.user.role.key, stage.key, each.key)
    ]


def draft_on(ticket_id: UUID, *, agent: Agent) -> Unsent:
    """What the agent has begun to write on this ticket; empty when nothing."""
    rows = _DRAFT.rows(ticket=ticket_id, agent=agent.pk)
    if not rows:
        mode = Draft.Mode.REPLY if policies.may_reply(agent) else Draft.Mode.NOTE
        return Unsent(mode=mode, text="", html="", files=[], updated_at=None)
    mode, text, html, updated_at, macro_id, struck, inline, copies, hung = rows[0]
    return Unsent(
        mode=mode,
        text=text,
        html=html,
        files=[Hung(**file) for file in hung if file["pk"] not in inline],
        updated_at=updated_at,
        macro=macro_on(ticket_id, macro_id, agent=agent) if macro_id else None,
        struck=tuple(struck),
        typed=Typed.kept(copies or {}),
    )


def macro_on(ticket_id: UUID, macro_id: UUID, *, agent: Agent) -> Layout | None:
    """The macro that a composer carries, laid out; None when it cannot be used any more."""
    ticket, at = Ticket.objects.get(pk=ticket_id), clock.now()
    macro = macro_for(ticket, macro_id, agent=agent, at=at)
    return laid_out(macro, ticket, by=agent, at=at) if macro else None


def rights_of(agent: Agent) -> May:
    return May(
        reply=policies.may_reply(agent),
        note=policies.may_note(agent),
        assign=policies.may_assign(agent),
        close=policies.may_close(agent),
        change=policies.may_change(agent),
        enter_time=policies.may_enter_time(agent),
        review=policies.may_review(agent),
        is_reviewed=agent.answers_need_review,
    )


def _draft(*, ticket: UUID, agent: UUID) -> "QuerySet[Any, Any]":
    held = Draft.files.through.objects.filter(draft=OuterRef("pk")).order_by("storedfile_id")
    file = JSONObject(pk="storedfile_id", name="storedfile__name", bytes="storedfile__bytes")
    rows = Draft.objects.filter(ticket=ticket, agent=agent)
    return rows.values_list(
        "mode",
        "text",
        "html",
        "updated_at",
        "macro",
        "struck",
        "inline",
        "copies",
        ArraySubquery(held.values(file=file)),
    )


_DRAFT = Prepared(_draft)
