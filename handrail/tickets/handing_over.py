"""Drafts go where their ticket goes. Two of one person become one; taking it back parts them again.

Shared drafts stay what they are, beside each other: joined, somebody's own words would be seen by others.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import linebreaks

from handrail.team.models import Agent
from handrail.tickets.models import Draft, SharedDraft, Ticket

Kept = dict[str, Any]


def take_along(merged: Ticket, survivor: Ticket) -> list[Kept]:
    """Move the drafts; returns what `bring_back` needs: what each was, what stood there, what it is now."""
    SharedDraft.move(merged.pk, survivor.pk)
    return [_move(draft, survivor) for draft in Draft.objects.filter(ticket=merged).order_by("id")]


def bring_back(kept: list[Kept], *, merged: Ticket, survivor: Ticket) -> None:
    """As it was, for every draft that nobody touched since; what somebody went on with stays there."""
    SharedDraft.bring_home(merged.pk, survivor.pk, homes=list(merged.all_below()))
    for each in kept:
        there = Draft.objects.filter(ticket=survivor, agent=each["agent"]).first()
        if there is None or _content(there) != each["became"]:
            continue
        there.delete()
        _write(each["was"], ticket_id=merged.pk, agent_id=each["agent"])
        if each["stood"]:
            _write(each["stood"], ticket_id=survivor.pk, agent_id=each["agent"])


def _move(draft: Draft, survivor: Ticket) -> Kept:
    was = _kept(draft)
    other = Draft.objects.filter(ticket=survivor, agent=draft.agent_id).first()
    stood = _kept(other) if other else None
    if other is None:
        Draft.objects.filter(pk=draft.pk).update(ticket=survivor)
        became = draft
    else:
        became = _join(other, draft)
        draft.delete()
    return {"agent": str(draft.agent_id), "was": was, "stood": stood, "became": _content(became)}


def _join(first: Draft, second: Draft) -> Draft:
    """Both texts, the one that stood there first. What was begun as a note keeps both from leaving."""
    rich = bool(first.html or second.html)
    first.html = _html_of(first) + _html_of(second) if rich else ""
    first.text = "\n\n".join(text for text in (first.text, second.text) if text)
    if second.mode == Draft.Mode.NOTE:
        first.mode = Draft.Mode.NOTE
    first.inline = [*first.inline, *second.inline]
    first.updated_at = max(first.updated_at, second.updated_at)
    first.save(update_fields=["text", "html", "mode", "inline", "updated_at"])
    first.files.add(*second.files.all())
    return first


def _html_of(draft: Draft) -> str:
    return draft.html or linebreaks(draft.text, autoescape=True) if draft.text else ""


def keep_typed(survivor: Ticket, *, by: Agent, mode: str, text: str, html: str, at: datetime) -> None:
    """What somebody sent on a ticket that was merged meanwhile is in their draft where it lives on."""
    there = Draft.objects.filter(ticket=survivor, agent=by).first()
    if there and there.text and not text.startswith(there.text):
        html = _html_of(there) + html if html or there.html else ""
        text = f"{there.text}\n\n{text}"
    Draft.keep(ticket_id=survivor.pk, by=by, mode=mode, text=text, html=html, at=at)


#: Which draft it is; everything else is what it says.
_WHICH = {"id", "ticket_id", "agent_id"}


def _kept(draft: Draft) -> Kept:
    """Every column, and the files."""
    columns = {field.attname for field in draft._meta.concrete_fields} - _WHICH
    kept = {name: _plain(getattr(draft, name)) for name in sorted(columns)}
    return {**kept, "files": sorted(str(pk) for pk in draft.files.values_list("pk", flat=True))}


def _content(draft: Draft) -> Kept:
    return {name: value for name, value in _kept(draft).items() if name != "updated_at"}


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Draft.Mode) else value


def _write(kept: Kept, *, ticket_id: UUID, agent_id: str) -> None:
    columns = {name: value for name, value in kept.items() if name != "files"}
    draft, _ = Draft.objects.update_or_create(ticket_id=ticket_id, agent_id=agent_id, defaults=columns)
    draft.files.set(kept["files"])
