"""An agent's answer as a mail: from whom, to whom, what it hangs on, and that it may leave at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, QuerySet, When

from handrail.channels.email.composing import Plan, answer_subject
from handrail.channels.email.header_lines import Pair, Unsendable
from handrail.channels.email.inbound import NOBODY
from handrail.channels.email.models import ChosenMailbox, EmailAccount, RawMail, Sending
from handrail.channels.email.signing import author_of, signed
from handrail.channels.email.tokens import reply_address
from handrail.customers.models import Identity
from handrail.files.models import StoredFile
from handrail.kit import html
from handrail.kit.prepared import Prepared, columns_of
from handrail.kit.text import one_line, small_letters
from handrail.tickets.by_hand.ways import SPOKEN
from handrail.tickets.models import Attachment, Message, Participant, Ticket
from handrail.tickets.models.participant import COPIED_LIMIT

#: So many messages of a ticket are looked through for ids to hang an answer on.
CHAIN_LOOKED_AT = 100


PAGE = '<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n{}\n</body></html>\n'


class NotPublic(Unsendable):
    """The message is not an answer to the customer: it never leaves."""


def plan(
    message: Message,
    *,
    message_id: str,
    to: Sequence[Pair],
    cc: Sequence[Pair] = (),
    account: EmailAccount | None = None,
    at: datetime,
) -> Plan:
    """The mail for an answer. account: from where it leaves, if that is known. Raises Unsendable."""
    mind_the_audience(message)
    ticket = message.ticket
    mailbox = account if account and account.is_active else mailbox_of(ticket)
    assert message.agent is not None
    answers, references = _chain(message)
    answered = bool(answers or references) or _was_written_to(message)
    sending, language = Sending.of(mailbox), ticket.language
    files, pictures = _files(message)
    shown = frozenset(content_id for content_id, _stored in pictures)
    body = html.for_mail(html.strict(message.html), pictures=shown) if message.html else ""
    said = signed(message.text, body, agent=message.agent, mailbox=mailbox, language=language)
    reply_to = (sending.answers_to or mailbox).address
    return Plan(
        author=(author_of(message.agent, mailbox, sending=sending, language=language), mailbox.address),
        to=tuple(to),
        cc=tuple(cc),
        reply_to=reply_address(reply_to, ticket_id=ticket.pk, number=ticket.number),
        subject=answer_subject(ticket.subject) if answered else one_line(ticket.subject),
        text=said.text,
        html=PAGE.format(said.html) if said.html else "",
        files=files,
        pictures=pictures,
        message_id=message_id,
        answers=answers,
        references=references,
        at=at,
    )


def mind_the_audience(message: Message) -> None:
    """The last look before anything is written: only an answer of one of us in public may leave."""
    is_answer = message.kind == Message.Kind.REPLY and message.standing == Message.Standing.OURS
    if not is_answer or message.agent is None:
        raise NotPublic("This message is not an answer to the customer and never leaves.")


def requester_of(ticket: Ticket) -> list[Pair]:
    """Who asked, at the address they wrote from; nobody when that is one of our own mailboxes."""
    if seats := _SEATS.rows(ticket=ticket.pk):
        pair = seats[0]
    else:
        known = Identity.objects.filter(person=ticket.requester, kind=Identity.Kind.EMAIL)
        pair = (ticket.requester.name, known.order_by("id").values_list("value", flat=True).first() or "")
    can_be_reached = pair[1] and pair[1] != NOBODY and not _ours([pair[1]])
    return [pair] if can_be_reached else []


def copied(message: Message) -> list[Pair]:
    """Whom the agent put in copy, each once; our own mailboxes would only bring the mail back to us."""
    return _readers(message.cc)


def blindly_copied(message: Message) -> list[Pair]:
    """Whom the agent put in blind copy: nobody else may learn of them."""
    return _readers(message.bcc)


def _readers(pairs_of_message: Sequence[Sequence[str]]) -> list[Pair]:
    small = [(name, small_letters(address)) for name, address in pairs_of_message]
    pairs = {address: (name, address) for name, address in small}
    for address in _ours(list(pairs)):
        del pairs[address]
    return list(pairs.values())[:COPIED_LIMIT]


def mailbox_of(ticket: Ticket) -> EmailAccount:
    """The mailbox the customer last wrote to, else the chosen one, the team's, the brand's oldest.

    Raises Unsendable.
    """
    if found := mailbox_or_none(ticket):
        return found
    raise Unsendable("The brand has no active mailbox to write from.")


def mailbox_or_none(ticket: Ticket) -> EmailAccount | None:
    """The same, where none is no trouble yet."""
    came = _CAME.rows(ticket=ticket.pk)
    written_to = came[0][0] if came else None
    asked = {"ticket": ticket.pk, "brand": ticket.brand_id}
    rows = _LIKELY.rows(**asked, team=ticket.team_id or NONE, written_to=written_to or NONE)
    return EmailAccount.from_db(connection.alias, _ACCOUNT_COLUMNS, rows[0]) if rows else None


def _ours(addresses: list[str]) -> list[str]:
    """Those of the addresses that are mailboxes of ours."""
    return [address for (address,) in _OURS.rows(addresses=addresses)] if addresses else []


def _was_written_to(message: Message) -> bool:
    """Whether something public was in writing before: the first mail of a ticket of ours answers nothing."""
    said = Message.objects.filter(ticket=message.ticket_id, pk__lt=message.pk)
    spoken = Q(kind=Message.Kind.CUSTOMER, channel__in=SPOKEN)
    return said.exclude(spoken | Q(kind=Message.Kind.NOTE)).exists()


def _chain(message: Message) -> tuple[str, tuple[str, ...]]:
    """The id this answers, and the ids it hangs on, oldest first, that one last.

    Ids that we made up for mails without one are unknown to everybody else.
    """
    rows = _EARLIER.rows(ticket=message.ticket_id, message=message.pk)
    known = [row for row in reversed(rows) if "@" in row[1] and not row[1].endswith(".invalid")]
    heard = [row for row in known if row[0] == Message.Kind.CUSTOMER]
    answers = heard[-1][1] if heard else ""
    earlier = [*(heard[-1][2] if heard else ()), *(row[1] for row in known)]
    chain = [each for each in dict.fromkeys(earlier) if each != answers]
    return answers, tuple([*chain, answers] if answers else chain)


def _files(message: Message) -> tuple[tuple[StoredFile, ...], tuple[tuple[str, StoredFile], ...]]:
    """Its files, and the pictures inside its words with their Content-IDs."""
    held = _FILES.rows(message=message.pk)
    wanted = [pk for pk, _content_id in held]
    found = {each.pk: each for each in StoredFile.objects.filter(pk__in=wanted)} if held else {}
    files = tuple(found[pk] for pk, content_id in held if not content_id)
    return files, tuple((content_id, found[pk]) for pk, content_id in held if content_id)


def _earlier(*, ticket: UUID, message: UUID) -> "QuerySet[Any, tuple[Any, ...]]":
    """The ids of strangers and of robots stay here: they would tell who else got a copy of an answer."""
    said = Message.objects.filter(ticket=ticket, pk__lt=message).exclude(external_id="")
    known = said.exclude(standing=Message.Standing.THIRD_PARTY).exclude(automatic__in=Message.ROBOTS)
    newest_first = known.exclude(kind=Message.Kind.NOTE).order_by("-id")
    return newest_first.values_list("kind", "external_id", "references")[:CHAIN_LOOKED_AT]


def _held(*, message: UUID) -> "QuerySet[Any, tuple[UUID, str]]":
    return Attachment.objects.filter(message=message).order_by("id").values_list("stored_id", "content_id")


def _came(*, ticket: UUID) -> "QuerySet[Any, Any]":
    """Where the last mail of the customer came in."""
    words = Message.objects.filter(ticket=ticket, kind=Message.Kind.CUSTOMER).order_by().values("pk")
    return RawMail.objects.filter(message_id__in=words).order_by("-id").values_list("account")[:1]


def _likely(*, ticket: UUID, brand: UUID, team: UUID, written_to: UUID) -> "QuerySet[Any, Any]":
    """Every mailbox that would do, the likeliest first."""
    chosen = ChosenMailbox.objects.filter(ticket=ticket).values("account")
    rank = Case(When(pk=written_to, then=0), When(pk__in=chosen, then=1), When(team=team, then=2), default=3)
    active = EmailAccount.objects.active().filter(brand=brand).order_by(rank, "id")
    return active.values_list(*_ACCOUNT_COLUMNS)[:1]


#: Stands for no mailbox and for no team.
NONE = UUID(int=0)
_ACCOUNT_COLUMNS = columns_of(EmailAccount)
_CAME = Prepared(_came)
_LIKELY = Prepared(_likely)
_OURS = Prepared(lambda addresses: EmailAccount.objects.filter(address__in=addresses).values_list("address"))
_SEATS = Prepared(
    lambda ticket: (
        Participant.objects.filter(ticket=ticket, part=Participant.Part.REQUESTER)
        .order_by("id")
        .values_list("name", "address")[:1]
    )
)
_EARLIER = Prepared(_earlier)
_FILES = Prepared(_held)
