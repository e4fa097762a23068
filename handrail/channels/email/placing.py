"""What becomes of a mail that was read: a word on a ticket, a new ticket, held, spam, or nothing.

Nothing is written here. `Desk` holds what must be known for a whole batch, asked for once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings

from handrail.accounts.models import Brand
from handrail.channels import Unreadable
from handrail.channels.email import bounces, deceit, evidence, inbound, joining, reopening
from handrail.channels.email.addresses import Address
from handrail.channels.email.evidence import Sign
from handrail.channels.email.findings import Findings, Warned
from handrail.channels.email.inbound import NOBODY, ReadMail
from handrail.channels.email.joining import Joined
from handrail.channels.email.kinds import REPORTS, Kind
from handrail.channels.email.models import (
    AutoAnswer,
    EmailAccount,
    ListedSender,
    OutgoingMail,
    RawMail,
    SenderPace,
)
from handrail.channels.email.models.pace import hour_of
from handrail.channels.email.senders import SenderState, state_of
from handrail.channels.email.spam.verdict import Filter, Verdict
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets.inbound import Inbound
from handrail.tickets.models import Message, Ticket

#: So many mails of one sender within an hour may name a reply address that is not ours, before more are held:
#: a ticket may be gone for good, and its customer writes again.
FALSE_TOKENS = 3


class Fate(StrEnum):
    """Where the mail goes."""

    JOIN = "join"
    NEW = "new"
    HOLD = "hold"
    SPAM = "spam"
    IGNORE = "ignore"


@dataclass(frozen=True, kw_only=True)
class Placement:
    """reason: the name of why it is held, spam or ignored; `reasons` has the words. ticket: for JOIN.

    follows: for NEW, the ticket that ended too long ago to be opened again.
    """

    fate: Fate
    reason: str = ""
    inbound: Inbound
    findings: Findings
    ticket: Ticket | None = None
    follows: Ticket | None = None
    standing: Message.Standing = Message.Standing.ON_TICKET


@dataclass(frozen=True, kw_only=True)
class Desk:
    """addresses: of our mailboxes. names: of our brands, in small letters. colleagues: address → name."""

    addresses: frozenset[str]
    domains: frozenset[str]
    names: frozenset[str]
    colleagues: Mapping[str, str]
    filter: Filter
    answers: Mapping[UUID, AutoAnswer]
    paces: Mapping[UUID, int]

    @classmethod
    def around(cls, batch: Sequence[tuple[RawMail, ReadMail]], *, at: datetime) -> "Desk":
        """What must be known about the senders of these mails, in a handful of queries."""
        senders = {read.sender.normal: read.sender.name for _mail, read in batch if read.sender}
        addresses = frozenset(EmailAccount.objects.values_list("address", flat=True))
        return cls(
            addresses=addresses,
            domains=frozenset(address.rpartition("@")[2] for address in addresses),
            names=frozenset(name.lower() for name in Brand.objects.values_list("name", flat=True)),
            colleagues=_colleagues(senders),
            filter=Filter.now(ListedSender.objects.about(senders)),
            answers=AutoAnswer.active(),
            paces=_paces(batch, at=at),
        )

    def pace_of(self, mail: RawMail, sender: str, *, brand_id: UUID) -> int:
        """The how manieth mail of its sender within its hour it is; 0 where that does not matter."""
        if mail.decision or self.filter.listing(brand_id, sender) == "allowed":
            return 0
        return self.paces.get(mail.pk, 0)


def _paces(batch: Iterable[tuple[RawMail, ReadMail]], *, at: datetime) -> dict[UUID, int]:
    """For each mail, the how manieth of its sender within its hour it is.

    Reports of servers do not count: a thousand of them may follow one campaign of ours.
    """
    if not settings.MAIL_HELD_AFTER:
        return {}
    beats = {
        mail.pk: (read.sender.normal[:320], hour_of(mail.received_at))
        for mail, read in batch
        if read.sender and read.kind not in REPORTS and not mail.is_history
    }
    came = Counter(beats.values())
    so_far = {beat: mails - came[beat] for beat, mails in SenderPace.count(came, at=at).items()}
    paces = {}
    for mail_id, beat in beats.items():
        so_far[beat] += 1
        paces[mail_id] = so_far[beat]
    return paces


def _colleagues(senders: Mapping[str, str]) -> dict[str, str]:
    """Those of our agents whose address or name one of the senders bears."""
    by_address = Agent.objects.filter(user__email__in=list(senders))
    by_name = Agent.objects.filter(name__in={name for name in senders.values() if name})
    return dict((by_address | by_name).values_list("user__email", "name"))


def place(mail: RawMail, account: EmailAccount, read: ReadMail, desk: Desk) -> Placement:
    """Decide about one mail. What a person decided about it before counts most."""
    message = inbound.to_inbound(read)
    state = state_of(read, servers=settings.MAIL_AUTHSERV_IDS)
    warnings = _warnings(read, state, desk)
    message = replace(message, sender_state=state.value, extras=_told(message.extras, warnings))
    findings = Findings(sender=message.address, sender_state=state, warnings=warnings)
    placed = Placement(fate=Fate.NEW, inbound=message, findings=findings)
    if _we_sent(read.message_id):
        return replace(placed, fate=Fate.IGNORE, reason="came-back")
    if mail.decision.get("as") in ("new", "ticket"):
        return _as_decided(placed, mail)
    if bounces.is_on_a_letter(read):
        return replace(placed, fate=Fate.IGNORE, reason="report-noted")
    return _by_evidence(placed, mail, account, read, desk)


def _told(extras: Mapping[str, Any], warnings: tuple[Warned, ...]) -> dict[str, Any]:
    """What warns of a mail stands on its message too, where whoever reads it sees it."""
    return {**extras, "warnings": [[each.sign, each.detail] for each in warnings]} if warnings else {**extras}


def _warnings(read: ReadMail, state: SenderState, desk: Desk) -> tuple[Warned, ...]:
    return deceit.warnings_of(
        read, state, our_domains=desk.domains, our_names=desk.names, colleagues=desk.colleagues
    )


def _we_sent(message_id: str) -> bool:
    """Our own mail came back, by a list or a redirection: taking it in again would never end."""
    if not message_id.endswith(f"@{settings.MAIL_DOMAIN}"):
        return False
    return OutgoingMail.objects.filter(rfc_message_id=message_id).exists()


def _as_decided(placed: Placement, mail: RawMail) -> Placement:
    """On the ticket that a person named, else on a new one."""
    named = mail.decision.get("ticket")
    ticket = Ticket.objects.filter(pk=UUID(named)).first() if named else None
    if ticket is None:
        return placed
    standing = joining.standing_on(ticket, placed.inbound.address)
    found = replace(placed.findings, signs=(Sign.DECIDED,))
    return replace(placed, fate=Fate.JOIN, ticket=ticket, standing=standing, findings=found)


def _by_evidence(
    placed: Placement, mail: RawMail, account: EmailAccount, read: ReadMail, desk: Desk
) -> Placement:
    sender, state = placed.inbound.address, placed.findings.sender_state
    joined = joining.find(
        read,
        brand=account.brand,
        sender=sender,
        envelope_to=mail.envelope_to,
        references=placed.inbound.references,
        verified=state is SenderState.VERIFIED,
        at=mail.received_at,
    )
    guessed = joining.names_false_token(read, envelope_to=mail.envelope_to, joined=joined)
    if guessed:
        placed = _warned(placed, Warned(sign="false-token"))
    if joined and (joined.is_sure or joined.is_doubtful):
        found = replace(
            placed.findings,
            signs=tuple(sorted(joined.signs)),
            perhaps=None if joined.is_sure else joined.ticket.number,
        )
        placed = replace(placed, findings=found)
    if mail.is_history and sender in desk.addresses:
        return replace(placed, fate=Fate.IGNORE, reason="our-address")
    if mail.is_history:
        return _joined(placed, joined) if joined and joined.is_sure else placed
    pace = desk.pace_of(mail, sender, brand_id=account.brand_id)
    reason = _doubt(read, sender, state, joined, desk, pace=pace)
    if not reason and guessed and pace > FALSE_TOKENS:
        reason = "false-token"
    if reason:
        return _held(placed, reason, joined)
    if joined and joined.is_sure:
        return _joined_or_following(placed, joined, mail, account)
    return _pointing(_new(placed, account, read, desk), read, joined, account)


def _joined_or_following(
    placed: Placement, joined: Joined, mail: RawMail, account: EmailAccount
) -> Placement:
    """On its ticket, or on a new one where that ended longer ago than the mailbox opens tickets again."""
    heir, too_late = reopening.heir_of(joined.ticket, placed.inbound, account=account, at=mail.received_at)
    if too_late:
        return replace(placed, follows=heir, findings=replace(placed.findings, signs=()))
    if heir.pk == joined.ticket.pk:
        return _joined(placed, joined)
    standing = joining.standing_on(heir, placed.inbound.address)
    return replace(placed, fate=Fate.JOIN, ticket=heir, standing=standing)


def _pointing(placed: Placement, read: ReadMail, weak: Joined | None, account: EmailAccount) -> Placement:
    """A new ticket says to which other one its mail may belong: one press puts it there."""
    if placed.fate is not Fate.NEW:
        return placed
    sender = placed.inbound.address
    perhaps = joining.may_belong_to(read, weak, brand=account.brand, sender=sender)
    if perhaps is None:
        return placed
    message = replace(placed.inbound, extras={**placed.inbound.extras, "perhaps": perhaps})
    return replace(placed, inbound=message, findings=replace(placed.findings, perhaps=perhaps))


def _warned(placed: Placement, warning: Warned) -> Placement:
    warnings = (*placed.findings.warnings, warning)
    message = replace(placed.inbound, extras=_told(placed.inbound.extras, warnings))
    return replace(placed, inbound=message, findings=replace(placed.findings, warnings=warnings))


def _joined(placed: Placement, joined: Joined) -> Placement:
    return replace(placed, fate=Fate.JOIN, ticket=joined.ticket, standing=joined.standing)


def _held(placed: Placement, reason: str, joined: Joined | None) -> Placement:
    perhaps = joined.ticket.number if joined else None
    return replace(placed, fate=Fate.HOLD, reason=reason, findings=replace(placed.findings, perhaps=perhaps))


def _doubt(
    read: ReadMail, sender: str, state: SenderState, joined: Joined | None, desk: Desk, *, pace: int
) -> str:
    """Why a person should look first; empty when nobody needs to. Raises Unreadable for a flood."""
    if pace > settings.MAIL_REFUSED_AFTER:
        raise Unreadable("sends-too-much", f"{sender} sent {pace} mails within an hour.")
    if sender in desk.addresses:
        return "our-address"
    if state is SenderState.FAILED:
        return "failed-sender"
    if is_verification(read):
        return "verification-mail"
    if pace > settings.MAIL_HELD_AFTER:
        return "too-many"
    if joined is None:
        return ""
    stranger = joined.standing is Message.Standing.THIRD_PARTY and Sign.SENDER not in joined.signs
    if stranger and read.kind in (Kind.AUTOMATIC, Kind.LIST):
        return "machine-knows-address"
    return "place-doubtful" if joined.is_doubtful else ""


def _new(placed: Placement, account: EmailAccount, read: ReadMail, desk: Desk) -> Placement:
    """A mail that belongs to no ticket: spam, a report of nothing, or a new one."""
    if read.kind in REPORTS:
        return replace(placed, fate=Fate.SPAM, reason="report-of-nothing")
    if account.trusts_forwards and (writer := _forwarded_from(read, placed, desk)):
        return _on_behalf(placed, read, writer)
    verdict = desk.filter.judge(read, brand_id=account.brand_id, sender=placed.inbound.address)
    findings = replace(placed.findings, likelihood=verdict.likelihood, spam_signs=verdict.signs)
    placed = replace(placed, findings=findings)
    if verdict.is_spam and (verdict.signs == ("blocked",) or not _is_known(placed.inbound.address)):
        return replace(placed, fate=Fate.SPAM, reason=_spam_reason(verdict))
    return placed


def _forwarded_from(read: ReadMail, placed: Placement, desk: Desk) -> Address | None:
    """Whose mail a colleague forwards. Only a proven colleague is believed: anybody can type such words."""
    proven = placed.findings.sender_state is SenderState.VERIFIED
    return inbound.real_sender(read) if proven and placed.inbound.address in desk.colleagues else None


def _on_behalf(placed: Placement, read: ReadMail, writer: Address) -> Placement:
    """The ticket is the customer's; who forwarded it is said on the message."""
    subject = read.forwarded.subject if read.forwarded else ""
    message = replace(
        placed.inbound,
        address=writer.normal,
        name=writer.name,
        subject=one_line(subject) or placed.inbound.subject,
        sender_state=SenderState.UNVERIFIED.value,
        extras={**placed.inbound.extras, "forwarded_by": placed.inbound.address},
    )
    found = replace(placed.findings, sender=writer.normal, sender_state=SenderState.UNVERIFIED)
    return replace(placed, inbound=message, findings=found)


def _spam_reason(verdict: Verdict) -> str:
    return "blocked" if verdict.signs == ("blocked",) else "looks-like-spam"


def _is_known(address: str) -> bool:
    """Whom we answered before sends no spam, whatever it looks like."""
    mine = Ticket.objects.filter(participants__address=address, messages__kind=Message.Kind.REPLY)
    return address != NOBODY and mine.exists()


_ROBOT = re.compile(
    r"(?i)^((no|do.?not|nao|ne).?.?(reply|respond|antworten)|notifications?|mailer|account|security|auth|verify|"
    r"confirm)"
)
_PROOF = re.compile(
    r"(?i)\b(verif(y|ication|ied)|confirm(ation)? (your|the|of)|confirm your|activat(e|ion)|one.?time|"
    r"security code|login code|sign.?in code|magic link|passcode|password|invit(e|ation)|"
    r"best[äa]tig\w*|verifizier\w*|aktivier\w*|einmal(code|passwort)|sicherheitscode|passwort|einladung|"
    r"v[ée]rifi\w*|confirmez|code d.acc[èe]s|verificaci[óo]n|c[óo]digo|verifica|codice)\b"
)
_CODE = re.compile(r"\b\d{4,8}\b|https?://\S{25,}")


def is_verification(read: ReadMail) -> bool:
    """A service asks to prove an address: who gave it ours must not get to read that (the ticket trick)."""
    sender = read.sender.normal if read.sender else ""
    robot = read.kind is Kind.AUTOMATIC or bool(_ROBOT.match(sender))
    asks = bool(_PROOF.search(read.subject[:500])) and not evidence.is_answer(read.subject)
    return robot and asks and bool(_CODE.search(f"{read.subject[:500]}\n{read.text[:5_000]}"))
