"""What in a mail points at an earlier one; whether it may join is decided where the evidence is weighed."""

import re
from dataclasses import dataclass

from handrail.channels.email import limits
from handrail.channels.email.headers import Fields

# Where the address stands to which a mail was really delivered.
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")
_PLUS = re.compile(r"^[^@+]{1,64}\+([A-Za-z0-9._~\-=]{1,200})@")
_NUMBER = re.compile(r"\[[^\[\]#]{0,20}#\s?(\d{1,12})\]|(?<![\w&#])#(\d{1,12})\b")


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Evidence, strongest first. subject_number proves nothing: anybody can write one."""

    reply_tokens: tuple[str, ...]
    message_ids: tuple[str, ...]  # oldest first
    subject_number: int | None


def candidates(fields: Fields, *, subject: str) -> Candidates:
    """All that in this header points at an earlier mail."""
    return Candidates(
        reply_tokens=reply_tokens_of(fields),
        message_ids=references_of(fields),
        subject_number=subject_number_of(subject),
    )


def references_of(fields: Fields) -> tuple[str, ...]:
    """The ids this mail answers, oldest first; of an endless chain the first and the newest."""
    ids = [*fields.ids("references"), *fields.ids("in-reply-to")]
    kept = list(dict.fromkeys(ids))
    if fields.ids("in-reply-to"):
        answered = fields.ids("in-reply-to")[0]
        kept = [each for each in kept if each != answered] + [answered]
    if len(kept) > limits.REFERENCES:
        kept = kept[:1] + kept[-(limits.REFERENCES - 1) :]
    return tuple(kept)


def reply_tokens_of(fields: Fields) -> tuple[str, ...]:
    """What stands behind the plus in the addresses this mail went to, each once, at most 50."""
    found: dict[str, None] = {}
    for name in _RECIPIENTS:
        for address in fields.addresses(name)[:200]:
            token = _PLUS.match(address.address)
            if token:
                found.setdefault(token[1])
    return tuple(found)[:50]


def subject_number_of(subject: str) -> int | None:
    """The number in `[Ticket#123]`, `[#123]` or `#123`."""
    found = _NUMBER.search(subject[: limits.SUBJECT_CHARS])
    return int(found[1] or found[2]) if found else None
