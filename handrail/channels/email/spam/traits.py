"""What a mail shows that may tell spam from honest mail: words, pairs of words, senders, roads and form.

A pure function of the read mail, in time linear to what is looked at, which is bounded.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.kinds import Kind

#: So much of a text is looked at; what comes later decides nothing.
LOOKED_AT = 20_000
MOST_WORDS = 2_000
MOST_LINKS = 60

_WORD = re.compile(r"[^\W_][\w'’\-$!€£%]{1,24}|[$€£]\d+|!{2,}")
_DIGIT = re.compile(r"\d")
_HOST = re.compile(r"https?://(?:[^\s/@<>\"']{0,80}@)?([^\s/<>\"'?#:]{1,100})", re.IGNORECASE)
_CAME_FROM = re.compile(r"\s*from\s+(\S{1,200})\s*(\([^)]{0,300}\))?")
_ZONE = re.compile(r"([+-]\d{4}|[A-Z]{3,4})\s*(?:\(|$)")
_NUMBERED_HOST = re.compile(r"\[?[\d.]+\]?")
_RUN = re.compile(r"[0-9a-z]+")
_TINY = re.compile(r"font-size:\s*[01]px")
_TOLD = (
    *("x-mailer", "user-agent", "content-type", "x-priority", "x-msmail-priority", "precedence"),
    *("mime-version", "content-transfer-encoding", "x-mimeole", "list-id", "organization"),
)


def traits_of(mail: ReadMail) -> frozenset[int]:
    """The traits as numbers of 32 bits; two that fall together by chance blur the judgement a little."""
    return frozenset(zlib.crc32(trait.encode("utf-8", "replace")) for trait in spelled(mail))


def spelled(mail: ReadMail) -> set[str]:
    """The traits in letters: `word`, `two words`, `s:word` of the subject, `fromd:domain`, `#form`."""
    text = mail.text[:LOOKED_AT]
    found = set(_words_and_pairs(text))
    found.update(_words_and_pairs(mail.subject[:LOOKED_AT], mark="s:"))
    found.update(_of_people(mail))
    found.update(_of_header(mail))
    found.update(_of_road(mail))
    found.update(_of_links(text), _of_links((mail.html or "")[: LOOKED_AT * 5]))
    found.update(_of_form(mail, text))
    return found


def _words(text: str, *, mark: str = "") -> list[str]:
    """Small letters, digits all alike: a price is a price."""
    found = _WORD.findall(_DIGIT.sub("0", text.lower()))[:MOST_WORDS]
    return [mark + word for word in found] if mark else found


def _words_and_pairs(text: str, *, mark: str = "") -> Iterator[str]:
    words = _words(text, mark=mark)
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _of_people(mail: ReadMail) -> Iterator[str]:
    yield f"src:{mail.sender_source}"
    if mail.sender:
        yield f"from:{mail.sender.normal}"
        yield f"fromd:{_domain(mail.sender.normal)}"
        yield from _words(mail.sender.name, mark="fn:") or ["#no-name"]
    for reader in (*mail.to, *mail.cc)[:20]:
        yield f"to:{reader.normal}"
        yield f"tod:{_domain(reader.normal)}"
    for answered in mail.reply_to[:1]:
        yield f"rt:{_domain(answered.normal)}"
        if mail.sender and answered.normal != mail.sender.normal:
            yield "#reply-to-differs"
    yield f"#readers{min(len(mail.to) + len(mail.cc), 5)}"


def _of_header(mail: ReadMail) -> Iterator[str]:
    """Verdicts of other filters do not count: they would teach us to repeat them."""
    yield from (f"h:{name}" for name, _value in mail.fields.items if not name.startswith("x-spam"))
    for name in _TOLD:
        if value := mail.fields.text(name)[:200]:
            yield from _words(value, mark=f"{name}=")
    left, _, right = mail.message_id.lower().partition("@")
    yield f"mid:{right}"
    yield "midshape:" + _RUN.sub(_short_or_long, left)[:30]
    if mail.sender and right and mail.sender.normal.endswith(right):
        yield "#mid-own"
    zone = _ZONE.search(mail.fields.text("date")[:200])
    yield f"tz:{zone[1] if zone else ''}"


def _short_or_long(run: "re.Match[str]") -> str:
    return "x" if len(run[0]) < 9 else "X"


def _of_road(mail: ReadMail) -> Iterator[str]:
    """The hosts that the newest trace lines name."""
    traces = mail.fields.all_raw("received")
    yield f"#traces{min(len(traces), 8)}"
    for trace in traces[:6]:
        came = _CAME_FROM.match(trace[:1000].decode("latin-1").lower())
        if came is None:
            continue
        yield f"r:{_site(came[1])}"
        if _NUMBERED_HOST.fullmatch(came[1]):
            yield "#trace-number"
        if "." not in came[1]:
            yield "#trace-bare"
        if "unknown" in (came[2] or ""):
            yield "#trace-unknown"


def _of_links(text: str) -> Iterator[str]:
    for host in _HOST.findall(text)[:MOST_LINKS]:
        yield f"u:{_site(host.lower())}"
        if _NUMBERED_HOST.fullmatch(host):
            yield "#link-number"


def _of_form(mail: ReadMail, text: str) -> Iterator[str]:
    yield from (f"p:{problem}" for problem in mail.problems)
    yield from (f"k:{mail.kind.value}", f"bt:{mail.body_type}")
    yield from _if(
        ("#answers", bool(mail.references or mail.in_reply_to)),
        ("#quotes", bool(mail.quoted)),
        ("#subject-capitals", mail.subject.isupper()),
        ("#subject-calls", "!" in mail.subject),
        ("#calls", text.count("!") > 3),
        ("#person", mail.kind is Kind.PERSON),
    )
    capitals, letters = sum(map(str.isupper, text)), sum(map(str.isalpha, text)) or 1
    yield f"#capitals{min(10 * capitals // letters, 5)}"
    yield f"#length{len(text).bit_length()}"
    for attachment in mail.attachments[:20]:
        yield f"at:{attachment.type}"
        yield f"ax:{attachment.name.rpartition('.')[2].lower()[:8]}"
    if mail.html:
        yield from _of_html(mail.html, remote=mail.has_remote_images)


def _of_html(html: str, *, remote: bool) -> Iterator[str]:
    yield from ("#html", f"#pictures{min(html.count('<img'), 5)}")
    yield from _if(("#colour", "color" in html), ("#tiny", bool(_TINY.search(html))), ("#remote", remote))


def _if(*traits: tuple[str, bool]) -> Iterable[str]:
    return (trait for trait, shown in traits if shown)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _site(host: str) -> str:
    """`mail.shop.example` → `shop.example`"""
    return ".".join(host.split(".")[-2:])
