"""Whom a forwarded mail is really from, in its text or attached, whatever program forwarded it."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.addresses import Address, addresses_in
from handrail.channels.email.attachments import content_of
from handrail.channels.email.bodies import read_body
from handrail.channels.email.contents.moments import moment_in
from handrail.channels.email.lines import plain_line
from handrail.channels.email.phrases import FORWARDED, LINE_CHARS, ORIGINAL
from handrail.channels.email.quoted_headers import header_end, label_of
from handrail.channels.email.structure import Part, parse

_PREFIX = re.compile(
    r"(?i)^\s*(?:\[[^\[\]]{1,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|vl|vb|pd|doorst|ilt|i̇lt|ynl|πρθ|"
    r"továbbítás|továbbítva|tov|redirec[țţt]|"
    r"proslijeđeno|prosl|препр|препратено|"
    r"fwd? ?\[\d{1,3}\]|转发|轉寄|轉發|転送|전달|הועבר|إعادة توجيه|пересл|przek|přep|reenv|inoltra)\s*[:：]"
)
# "VS" says forwarded in Danish and Norwegian, answered in Finnish: the header's words tell which.
_NORDIC_PREFIX = re.compile(r"(?i)^\s*vs\s*:")
_FORWARDS = re.compile(
    r"(?i)forward|weitergeleitet|transf[ée]r|r[ée]exp[ée]di|reenvi|encaminh|inoltrat|doorgestuurd|vidarebefordra|"
    r"videresend|v[äa]litet|przekaz|p[řr]eposlan|p[řr]epos[íi]lan|ileti ba[şs]|proslije[đd]|"
    r"tov[áa]bb[íi]t|пересла|пересылаем|переадрес|перенаправ|iletilen|προωθημέν|转发|轉寄|転送|전달|redirec"
)
_QUOTE_MARK = re.compile(r"^\s{0,3}(?:[>|]\s?)+")
_ONE_MARK = re.compile(r"^\s{0,3}[>|] ?")
_MAILTO = re.compile(r"[\[(<]\s*mailto:([^\s\[\]()<>]{3,320})\s*[\])>]", re.I)
_LOOKED_AT = 400  # lines: a forwarded mail stands near the top


@dataclass(frozen=True, kw_only=True)
class Forwarded:
    """The mail within. date: in UTC; the forwarder's zone counts where the forwarding program names none."""

    name: str
    address: str
    date: datetime | None
    subject: str
    text: str
    is_file: bool  # it was attached as it came, so its header was not typed by anybody


def forwarded_in(mail: Part, *, subject: str, text: str, own_words: str) -> Forwarded | None:
    """The mail that this one forwards, if it forwards one.

    text: all of it. own_words: what the forwarder wrote. An answer that quotes a header is no forward: the
    subject, a line above the header or the way it is attached must say so.
    """
    announced = bool(_PREFIX.match(subject[:200]))
    nordic = bool(_NORDIC_PREFIX.match(subject[:200]))
    attached = _attached(mail)
    if attached and (announced or len(own_words) < limits.FORWARDER_CHARS):
        return _of_file(attached)
    return _in_text(text, announced=announced, nordic=nordic, zone=_zone_of(mail))


def _attached(mail: Part) -> Part | None:
    """The one mail attached, when the mail is no report and no digest."""
    if mail.media_type in ("multipart/report", "multipart/digest"):
        return None
    found = [part for part in mail.walk() if part.media_type in ("message/rfc822", "message/global")]
    return found[0] if len(found) == 1 and mail.media_type.startswith("multipart/") else None


def _of_file(part: Part) -> Forwarded | None:
    try:
        inner = parse(content_of(part))
        sender = next((each for each in inner.fields.addresses("from") if each.is_usable), None)
        text = read_body(inner).text
    except Unreadable:
        return None
    if sender is None:
        return None
    return Forwarded(
        name=sender.name,
        address=sender.address,
        date=inner.fields.moment("date"),
        subject=inner.fields.text("subject")[: limits.SUBJECT_CHARS],
        text=text,
        is_file=True,
    )


def _in_text(text: str, *, announced: bool, nordic: bool, zone: tzinfo | None) -> Forwarded | None:
    lines = text[: limits.TRIMMED_CHARS].split("\n")
    bare = [plain_line(_QUOTE_MARK.sub("", line[:LINE_CHARS])) for line in lines[:_LOOKED_AT]]
    labels = [label_of(line) if ":" in line or "：" in line else ("", "") for line in bare]
    for index in range(len(bare)):
        marked = index > 0 and any(map(_is_mark, bare[max(0, index - 3) : index]))
        told = announced or marked or (nordic and bare[index].lstrip(" *").startswith("Fra"))
        end = header_end(labels, bare, index) if labels[index][0] and told else None
        if end is not None:
            values = _values(labels, bare, index, end)
            return _of_header(values, "\n".join(map(_unquoted, lines[end + 1 :])).strip("\n"), zone)
    return None


def _is_mark(line: str) -> bool:
    found = FORWARDED.match(line) or ORIGINAL.match(line)
    return bool(found and _FORWARDS.search(line))


def _unquoted(line: str) -> str:
    return _ONE_MARK.sub("", line)


def _values(labels: list[tuple[str, str]], lines: list[str], start: int, end: int) -> dict[str, str]:
    """What the header says by kind of field; a line without a label goes on with the one before."""
    values: dict[str, str] = {}
    last = ""
    for index in range(start, end + 1):
        kind, value = labels[index]
        if kind:
            last = kind if kind not in values else ""
            values.setdefault(kind, value.strip(" *_\t"))
        elif last and lines[index].strip():
            values[last] = f"{values[last]} {lines[index].strip()}"
    return values


def _of_header(values: dict[str, str], text: str, zone: tzinfo | None) -> Forwarded | None:
    sender = _person(values.get("from", ""))
    if sender is None:
        return None
    return Forwarded(
        name=sender.name,
        address=sender.address,
        date=moment_in(values.get("date", ""), zone=zone),
        subject=values.get("subject", ""),
        text=text,
        is_file=False,
    )


def _person(value: str) -> Address | None:
    """`Vera Klein [mailto:vera@x.example]`, `Vera <vera@x.example<mailto:vera@x.example>>` and plainer."""
    value = _MAILTO.sub(lambda found: "" if f"<{found[1]}" in value else f"<{found[1]}>", value)
    try:
        found = addresses_in(value.replace(";", ","), at_most=3)
    except Unreadable:
        return None
    return next((each for each in found if each.is_usable), None)


def _zone_of(mail: Part) -> tzinfo | None:
    moment = mail.fields.local_moment("date")
    return moment.tzinfo if moment else None
