"""Raw bytes of a mail to a `ReadMail`, and that to the `Inbound` every room understands; no side effects.

`read` raises `Unreadable` beyond the limits and nothing else, whatever the bytes are.
"""

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from handrail.channels.email import limits
from handrail.channels.email.addresses import Address
from handrail.channels.email.attachments import Attachment, attachment_of, content_of
from handrail.channels.email.bodies import Body, read_body
from handrail.channels.email.contents.calendars import Invitation, invitation_in
from handrail.channels.email.contents.contacts import Contact, contacts_in
from handrail.channels.email.contents.forwarding import Forwarded, forwarded_in
from handrail.channels.email.contents.nested import words_inside
from handrail.channels.email.contents.protection import ENCRYPTED, Protection, opened, protection_of
from handrail.channels.email.headers import Fields
from handrail.channels.email.kinds import Kind, kind_of
from handrail.channels.email.languages import language_of
from handrail.channels.email.replies import trim
from handrail.channels.email.reports import Report, report_of
from handrail.channels.email.structure import Part, parse
from handrail.channels.email.threading import references_of
from handrail.kit.text import collapse, one_line
from handrail.tickets.inbound import Inbound, InboundFile

NOBODY = "unknown@sender.invalid"  # stands for a sender who cannot be named; no mail can go there
_LANGUAGE = re.compile(r"[a-z]{2,3}\b")


@dataclass(frozen=True, kw_only=True)
class ReadMail:
    """All that `handrail mail read` tells of a mail.

    sender: who wrote; sender_source: the header that says so (`from`, else one that proves even less), or "".
    fingerprint: equal for the same mail on two roads, since trace headers do not count.
    problems: names of what was wrong or left out, for the operator.
    """

    sender: Address | None
    sender_source: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    date: datetime | None
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    kind: Kind
    body_type: str
    text: str
    html: str | None
    has_remote_images: bool
    reply: str
    quoted: str
    signature: str
    language: str
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]
    fingerprint: str
    report: Report | None  # what a bounce or a read receipt says about which of our mails
    forwarded: Forwarded | None
    invitation: Invitation | None
    protection: Protection | None
    contacts: tuple[Contact, ...]
    inside: str  # the words of mails attached, for the search
    fields: Fields = field(repr=False)


def read(raw: bytes) -> ReadMail:
    """The mail in these bytes; raises Unreadable when it is beyond the limits."""
    mail = parse(raw)
    fields, hint, content = mail.fields, _charset_hint(mail), opened(mail)
    body = read_body(content)
    pieces = trim(body.marked)
    subject = fields.text("subject", hint=hint)[: limits.SUBJECT_CHARS]
    sender, source = _sender(fields, hint)
    kind = kind_of(mail, sender=sender, subject=subject)
    return ReadMail(
        sender=sender,
        sender_source=source,
        to=_usable(fields, "to", hint),
        cc=_usable(fields, "cc", hint),
        reply_to=_usable(fields, "reply-to", hint),
        subject=subject,
        date=fields.moment("date"),
        message_id=next(iter(fields.ids("message-id")), ""),
        in_reply_to=next(iter(fields.ids("in-reply-to")), ""),
        references=references_of(fields),
        kind=kind,
        body_type=body.type,
        text=body.text,
        html=body.html,
        has_remote_images=body.has_remote_images,
        reply=pieces.reply,
        quoted=pieces.quoted,
        signature=pieces.signature,
        language=_language(pieces.reply or body.text, fields),
        attachments=_attachments(mail, content, body),
        problems=_problems(mail, body, source),
        fingerprint=_fingerprint(mail),
        report=report_of(mail, text=body.text if kind is Kind.BOUNCE else ""),
        forwarded=forwarded_in(content, subject=subject, text=body.text, own_words=pieces.reply),
        invitation=invitation_in(content),
        protection=protection_of(mail, text=body.text),
        contacts=contacts_in(content),
        inside=words_inside(content),
        fields=fields,
    )


def _charset_hint(mail: Part) -> str | None:
    """The charset of the first text part that names one: headers in raw 8-bit letters usually share it."""
    return next((part.type.get("charset") for part in mail.walk() if part.type.get("charset")), None)


def _sender(fields: Fields, hint: str | None) -> tuple[Address | None, str]:
    """Who wrote, and the header that says so.

    Only From names a person's identity. Where it names nobody, the other headers say whom to answer at most;
    whoever decides about rights looks at the source.
    """
    given = fields.addresses("from", hint=hint)
    for name in ("from", "sender", "reply-to", "return-path"):
        found = given if name == "from" else fields.addresses(name, hint=hint)
        usable = next((address for address in found if address.is_usable), None)
        if usable:
            return usable, name
        if name == "from" and (local := next((address for address in found if address.address), None)):
            return local, name  # MAILER-DAEMON and other names within a host
    return None, ""


def _attachments(mail: Part, content: Part, body: Body) -> tuple[Attachment, ...]:
    """The files; a wrapping signature stands among them, though nobody needs to see it."""
    if content is mail:
        return body.attachments
    return (*body.attachments, attachment_of(mail, referred=frozenset(), shown=True))


def _usable(fields: Fields, name: str, hint: str | None) -> tuple[Address, ...]:
    return tuple(address for address in fields.addresses(name, hint=hint) if address.is_usable)


def _language(text: str, fields: Fields) -> str:
    """What the words are in. The header comes last: too often it names the language of a program."""
    if ENCRYPTED in text:
        return ""
    if words := language_of(text):
        return words
    found = _LANGUAGE.match(fields.value("content-language"))
    return found[0] if found else ""


def _problems(mail: Part, body: Body, source: str) -> tuple[str, ...]:
    found = set(body.problems).union(*(part.problems for part in mail.walk()))
    found |= {"from-missing"} if source != "from" else set()
    found |= {"from-twice"} if len(mail.fields.all_raw("from")) > 1 else set()
    found |= {"message-id-missing"} if not mail.fields.ids("message-id") else set()
    found |= {"date-missing"} if mail.fields.moment("date") is None else set()
    found |= (
        {"attachments-left-out"} if len(_kept(body.attachments)) < len(_offered(body.attachments)) else set()
    )
    found |= {"addresses-cut"} if len(mail.fields.addresses("to")) >= limits.ADDRESSES else set()
    return tuple(sorted(found))


def _fingerprint(mail: Part) -> str:
    """Hash of what the sender made, decoded: neither trace headers nor line ends nor transfer encoding count.

    All of the content counts, not what is read of it: two mails that differ in a link alone are two.
    """
    digest = hashlib.sha256()
    for name in ("message-id", "from", "date", "subject"):
        digest.update(collapse(mail.fields.text(name)).encode() + b"\0")
    for part in (leaf for leaf in mail.walk() if not leaf.parts):
        content = content_of(part)
        lines = part.media_type.startswith(("text/", "message/", "multipart/"))
        content = content.replace(b"\r\n", b"\n").strip() if lines else content
        digest.update(part.media_type.encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _offered(attachments: tuple[Attachment, ...]) -> list[Attachment]:
    return [attachment for attachment in attachments if not attachment.shown]


def _kept(attachments: tuple[Attachment, ...]) -> list[Attachment]:
    fitting = [each for each in _offered(attachments) if len(each.content) <= limits.ATTACHMENT_BYTES]
    return fitting[: limits.ATTACHMENTS]


def real_sender(mail: ReadMail) -> Address | None:
    """Who wrote what this mail forwards, None when it forwards nothing or names nobody else.

    Anybody can type such a header: it counts only where whoever forwarded is trusted to.
    """
    if mail.forwarded is None:
        return None
    writer = Address(mail.forwarded.name, mail.forwarded.address)
    same = mail.sender is not None and writer.normal == mail.sender.normal
    return writer if writer.is_usable and not same else None


def to_inbound(mail: ReadMail) -> Inbound:
    """The mail in the neutral words of tickets."""
    return Inbound(
        channel="email",
        address=mail.sender.normal if mail.sender and mail.sender.is_usable else NOBODY,
        name=mail.sender.name if mail.sender else "",
        subject=one_line(mail.subject),
        text=mail.text,
        html=mail.html,
        reply_text=mail.reply or mail.text,
        files=tuple(_file(attachment) for attachment in _kept(mail.attachments)),
        external_id=mail.message_id or f"{mail.fingerprint}@missing.invalid",
        references=_about(mail),
        to=_pairs(mail.to),
        cc=_pairs(mail.cc),
        sent_at=mail.date,
        automatic="" if mail.kind is Kind.PERSON else mail.kind.value,
        language=mail.language,
        extras=_extras(mail),
    )


def _extras(mail: ReadMail) -> dict[str, Any]:
    """What only some mails have; `docs/reference/mail-reading.md` names the keys."""
    found = {
        "invitation": mail.invitation,
        "report": mail.report,
        "protection": mail.protection,
        "contacts": mail.contacts,
        "forwarded": mail.forwarded and replace(mail.forwarded, text=""),
        "inside": mail.inside,
    }
    return {name: msgspec.to_builtins(each) for name, each in found.items() if each}


def _about(mail: ReadMail) -> tuple[str, ...]:
    """What the mail answers; a report belongs to the mail it reports on."""
    reported = mail.report.message_id if mail.report else ""
    return (*mail.references, reported) if reported and reported not in mail.references else mail.references


def _pairs(addresses: tuple[Address, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((address.name, address.normal) for address in addresses[: limits.COPIES_KEPT])


def _file(attachment: Attachment) -> InboundFile:
    return InboundFile(
        name=attachment.name,
        type=attachment.type,
        content=attachment.content,
        inline=attachment.inline,
        content_id=attachment.content_id,
    )
