"""A read mail as plain data: what `handrail mail read --json` prints, and what golden files hold."""

from typing import Any

import msgspec

from handrail.channels.email.addresses import Address
from handrail.channels.email.attachments import Attachment
from handrail.channels.email.inbound import ReadMail


def told(mail: ReadMail) -> dict[str, Any]:
    """The mail in values that JSON knows, keys in the order a reader wants them."""
    return {
        "from": _address(mail.sender) if mail.sender else {"name": "", "address": ""},
        "to": [_address(each) for each in mail.to],
        "cc": [_address(each) for each in mail.cc],
        "reply_to": [_address(each) for each in mail.reply_to],
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "kind": mail.kind.value,
        "body_type": mail.body_type,
        "text": mail.text,
        "reply": mail.reply,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "language": mail.language,
        "attachments": [_attachment(each) for each in mail.attachments],
        "problems": list(mail.problems),
    }


def more_told(mail: ReadMail) -> dict[str, Any]:
    """What only some mails have."""
    names = ("forwarded", "invitation", "report", "protection", "contacts", "inside", "fingerprint")
    return {name: msgspec.to_builtins(getattr(mail, name)) for name in names}


def untold(file: str, problem: str, words: str) -> dict[str, Any]:
    """The same keys for a file that is no mail anybody could read, with its name and why."""
    texts = dict.fromkeys(("subject", "date", "message_id", "in_reply_to", "kind", "body_type", "text"), "")
    texts |= dict.fromkeys(("reply", "quoted", "signature", "language"), "")
    lists: dict[str, Any] = {name: [] for name in ("to", "cc", "reply_to", "references", "attachments")}
    nobody = {"name": "", "address": ""}
    return {
        "file": file,
        "error": words,
        "from": nobody,
        **lists,
        **texts,
        "date": None,
        "problems": [problem],
    }


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "type": attachment.type,
        "bytes": len(attachment.content),
        "sha256": attachment.sha256,
        "md5": attachment.md5,
        "inline": attachment.inline or attachment.shown,
    }
