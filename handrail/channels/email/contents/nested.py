"""The words of mails within a mail (digests, mails attached, what a bounce returns), for the search."""

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.bodies import read_body
from handrail.channels.email.structure import Part, parse

_LEVELS = 3
_MAILS = frozenset({"message/rfc822", "message/global"})


def words_inside(mail: Part, *, level: int = 1) -> str:
    """Sender, subject and text of each mail attached, as much of it as is searched; "" when there is none."""
    found: list[str] = []
    for part in mail.walk():
        if part.media_type in _MAILS and not part.parts and sum(map(len, found)) < limits.INSIDE_CHARS:
            found.append(_words(content_of(part)[: limits.INSIDE_BYTES], level))
    return "\n\n".join(filter(None, found))[: limits.INSIDE_CHARS]


def _words(raw: bytes, level: int) -> str:
    try:
        mail = parse(raw)
        own = f"{mail.fields.text('from')}\n{mail.fields.text('subject')}\n{read_body(mail).text}".strip()
        return own if level == _LEVELS else f"{own}\n\n{words_inside(mail, level=level + 1)}".strip()
    except Unreadable:
        return ""
