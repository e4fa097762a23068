"""Reads for the bell: how many are unread, and the latest ones in groups."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from handrail.accounts.models import User
from handrail.channels.email import alarms
from handrail.channels.email.explaining import WARNINGS
from handrail.notifications.models import Kind, Mute, Notification, is_unread
from handrail.team.models import Agent
from handrail.tickets.models import Message
from handrail.tickets.models.message import snippet_of

#: So many are shown on the page; older ones are history, and the tickets tell that better.
SHOWN = 100
#: Beyond this the bell says "99+"; counting on would cost and tell nothing.
COUNTED = 100
#: Their detail is the text of a task, the name of what recurs, why it came back, or that a date is past.
PLAIN = (
    Kind.ASSIGNED,
    Kind.TASK_GIVEN,
    Kind.TASK_DUE,
    Kind.TICKET_DUE,
    Kind.NOT_DONE,
    Kind.NOT_MADE,
    Kind.REVIEWED,
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of the list. times: how many of the same kind about the same ticket stand together in it.

    who: the person who wrote or the colleague who did it; empty when a rule of the desk did. number: None for
    trouble with mail, whose subject is its words, and which is seen to at `page`, the name of an address.
    """

    id: UUID
    kind: str
    number: int | None
    subject: str
    who: str
    snippet: str
    detail: str
    times: int
    at: datetime
    unread: bool
    page: str = ""
    message_id: UUID | None = None


def unread_count(agent: Agent) -> int:
    """How many unread notifications this agent has, counted up to COUNTED."""
    return Notification.objects.visible_to(agent).unread()[:COUNTED].count()


def latest(agent: Agent) -> list[Told]:
    """The newest notifications; those of one kind about one ticket stand in one line."""
    told = Notification.objects.visible_to(agent).annotate(
        fresh=ExpressionWrapper(is_unread(), output_field=BooleanField())
    )
    newest: QuerySet[Any] = told.select_related("ticket", "message__person", "by").order_by("-at", "-id")[
        :SHOWN
    ]
    lines: dict[tuple[object, str, bool], list[Notification]] = {}
    for row in newest:
        lines.setdefault((row.ticket_id or row.topic, row.kind, row.fresh), []).append(row)
    return [_told(rows, unread=unread) for (_ticket, _kind, unread), rows in lines.items()]


def switches(user: User) -> list[tuple[Kind, bool]]:
    """Every kind, and whether this user wants to be told of it."""
    muted = set(Mute.objects.filter(user=user).values_list("kind", flat=True))
    return [(kind, kind.value not in muted) for kind in Kind]


def _told(rows: list[Notification], *, unread: bool) -> Told:
    row = rows[0]
    if row.ticket is None:
        return _told_of_mail(row, times=len(rows), unread=unread)
    message = row.message
    who = row.by.name if row.by else message.author_name if message and message.person else ""
    if row.kind == Kind.PHISHING and message:
        who = message.sender  # the name may be what deceives
    return Told(
        id=row.pk,
        kind=row.kind,
        number=row.ticket.number,
        subject=row.ticket.subject,
        who=who,
        snippet=snippet_of(message.reply_text or message.text) if message else "",
        detail=_detail_of(row, message),
        times=len(rows),
        at=row.at,
        unread=unread,
        message_id=row.message_id,
    )


def _detail_of(row: Notification, message: Message | None) -> str:
    """What else is said of it: the task, the deceit, or what became of the answer."""
    if row.kind in PLAIN:
        return row.detail
    if row.detail:
        return _deceit_in(row.detail)
    return message.delivery_detail if message else ""


def _deceit_in(detail: str) -> str:
    """The words for a sign of deceit, and what was seen."""
    sign, _blank, seen = detail.partition(" ")
    return f"{WARNINGS.get(sign, '')} {seen}".strip()


def _told_of_mail(row: Notification, *, times: int, unread: bool) -> Told:
    topic = alarms.TOPICS[row.topic]
    return Told(
        id=row.pk,
        kind=row.kind,
        number=None,
        subject=str(topic.words),
        who="",
        snippet="",
        detail=row.detail,
        times=times,
        at=row.at,
        unread=unread,
        page=topic.page,
    )
