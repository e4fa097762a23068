"""Shared drafts as screens show them, and what is told about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch

from handrail.kit.differing import Piece, difference
from handrail.team.models import Agent
from handrail.tickets.models import SharedDraft, Variant
from handrail.tickets.models.message import snippet_of

#: Who saved so recently writes now.
NOW = timedelta(seconds=45)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A shared draft in the ticket's list. asked_at: since when it waits to be read before it leaves."""

    id: UUID
    mode: str
    author: str
    writer: str
    is_mine: bool
    is_written_by_me: bool
    begins: str
    files: int
    updated_at: datetime
    asked_at: datetime | None

    def is_written_now(self, at: datetime) -> bool:
        """Whether somebody else has saved a moment ago."""
        return not self.is_written_by_me and at - self.updated_at <= NOW


@dataclass(frozen=True, kw_only=True)
class Other:
    """Words that were kept beside a draft, and how they differ from it."""

    id: UUID
    by: str
    is_mine: bool
    why: str
    at: datetime
    pieces: list[Piece]


def shared_on(ticket_id: UUID, *, agent: Agent) -> list[Shared]:
    """Every shared draft on the ticket, oldest first; one query."""
    rows = SharedDraft.objects.filter(ticket=ticket_id).select_related("agent", "writer").order_by("id")
    return [
        Shared(
            id=row.pk,
            mode=row.mode,
            author=row.agent.name,
            writer=row.writer.name,
            is_mine=row.agent_id == agent.pk,
            is_written_by_me=row.writer_id == agent.pk,
            begins=snippet_of(row.text),
            files=len(row.files.all()),
            updated_at=row.updated_at,
            asked_at=row.asked_at,
        )
        for row in rows.prefetch_related("files")
    ]


def shared_draft(number: int, draft_id: UUID) -> SharedDraft | None:
    """A shared draft with its files and what was kept beside it, if it lies on the ticket of this number."""
    rows = SharedDraft.objects.select_related("ticket", "agent__user", "writer", "macro")
    variants = Prefetch("variants", Variant.objects.select_related("by").order_by("-at"))
    return rows.prefetch_related("files", variants).filter(ticket__number=number, pk=draft_id).first()


def others_of(draft: SharedDraft, *, agent: Agent) -> list[Other]:
    """What was kept beside the draft; those that say the same by now are left out."""
    return [
        Other(
            id=each.pk,
            by=each.by.name,
            is_mine=each.by_id == agent.pk,
            why=each.why,
            at=each.at,
            pieces=difference(each.text, draft.text),
        )
        for each in draft.variants.all()
        if each.text != draft.text
    ]
