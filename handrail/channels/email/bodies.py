"""What a mail says: which of its parts are text to read, and that text as plain words and as cleaned html."""

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from handrail.channels.email import limits
from handrail.channels.email.attachments import (
    Attachment,
    attachment_from,
    attachment_of,
    content_of,
    encoding_problem,
    images_within,
    is_file,
    is_winmail,
    uuencoded_in,
)
from handrail.channels.email.charsets import codec_for, decode
from handrail.channels.email.contents.tnef import Tnef, read_tnef
from handrail.channels.email.quote_marks import QUOTE_MARKS, SIGNATURE_MARKS, normal_marks
from handrail.channels.email.structure import Part
from handrail.kit.html import QUOTE_STARTS, SIGNATURE_STARTS, clean, text_of_clean
from handrail.kit.text import storable, tidy_lines

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w\-:.]{2,40})""", re.I)
_WHOLE_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)(?=[\s>])", re.I)
_CID = re.compile(r"cid:([^\s\"'<>]{1,500})", re.I)
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the mail, in one or both forms that say the same."""

    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()


@dataclass(slots=True)
class Found:
    """The stretches of text in their order, and the parts that are files."""

    blocks: list[Block] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Body:
    """The text of a mail. marked: the same text with a sign before quotations that the html tells apart."""

    text: str
    marked: str
    html: str | None
    type: str  # text/html or text/plain: the form the sender meant
    has_remote_images: bool
    attachments: tuple[Attachment, ...]
    problems: frozenset[str]


def read_body(mail: Part) -> Body:
    """Text, html and files of a mail; every leaf is in exactly one of them."""
    found = Found()
    _collect(mail, found)
    _take_a_named_text(found)
    reader = _Reader(found)
    return reader.body()


def _collect(part: Part, found: Found) -> None:
    kind = part.media_type
    if not part.parts:
        _collect_leaf(part, found)
    elif kind == "multipart/alternative":
        _collect_alternative(part, found)
    elif kind == "multipart/related":
        _collect_related(part, found)
    elif kind in ("multipart/signed", "multipart/report"):
        _collect(part.parts[0], found)
        found.files += [leaf for other in part.parts[1:] for leaf in leaves(other)]
    elif kind in ("multipart/encrypted", "multipart/digest"):
        found.files += leaves(part)
    else:
        for child in part.parts:
            _collect(child, found)


def leaves(part: Part) -> list[Part]:
    return [leaf for leaf in part.walk() if not leaf.parts]


def _collect_leaf(part: Part, found: Found) -> None:
    if part.media_type.startswith("multipart/"):  # one whose parts were not found: read as it stands
        found.blocks.append(Block(plain=(part,)))
    elif is_file(part):
        found.files.append(part)
    elif _is_page(part):
        found.blocks.append(Block(html=(part,)))
    else:
        found.blocks.append(Block(plain=(part,)))


def _is_page(part: Part) -> bool:
    """Html, also where a script sends a whole page and calls it plain text."""
    if part.media_type == "text/plain" and part.body[:200].lstrip()[:2] in (
        b"<!",
        b"<h",
        b"<H",
        b"PG",
        b"PC",
    ):
        return bool(_WHOLE_PAGE.match(content_of(part)[:200]))
    return part.media_type == "text/html"


def _collect_alternative(part: Part, found: Found) -> None:
    """The last html and the last plain text that hold anything say the same; files of all children stay."""
    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()
    for child in part.parts:
        inside = Found()
        _collect(child, inside)
        found.files += inside.files
        pages = tuple(page for block in inside.blocks for page in (block.html or block.plain))
        texts = tuple(text for block in inside.blocks for text in block.plain)
        if any(block.html for block in inside.blocks):
            html = pages
        if any(text.body.strip() for text in texts) and not (plain and html):
            plain = texts
    if plain or html:
        found.blocks.append(Block(plain=plain, html=html))


def _collect_related(part: Part, found: Found) -> None:
    """One part is the page, named by `start` or else the first text; whatever else there is belongs to it."""
    start = part.type.get("start").strip("<> ")
    page = next(
        (child for child in part.parts if start and start in child.fields.text("content-id")),
        next((child for child in part.parts if _may_be_page(child)), part.parts[0]),
    )
    _collect(page, found)
    found.files += [leaf for child in part.parts if child is not page for leaf in leaves(child)]


def _may_be_page(part: Part) -> bool:
    return part.media_type.startswith("multipart/") or (
        part.media_type.startswith("text/") and not is_file(part)
    )


def _take_a_named_text(found: Found) -> None:
    """Where nothing else is text, a text with a file name is the message, unless it is an attachment."""
    if any(content.body.strip() for block in found.blocks for content in block.plain + block.html):
        return
    for part in found.files:
        if part.media_type in ("text/plain", "text/html") and part.disposition.value in ("", "inline"):
            found.files.remove(part)
            found.blocks.append(
                Block(html=(part,)) if part.media_type == "text/html" else Block(plain=(part,))
            )
            return


class _Reader:
    """Reads the blocks one after another and gathers what they hold."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.problems: set[str] = set()
        self.files: list[Attachment] = []
        self.winmails: dict[int, Tnef] = {}  # by the place of their part
        for part in found.files:
            if is_winmail(part) and (wrapped := read_tnef(content_of(part))):
                self.winmails[part.start] = wrapped
                self.problems |= set() if wrapped.is_whole else {"winmail-cut"}

    def body(self) -> Body:
        plain, html = self._both_forms()
        has_html = bool(html) or any(block.html for block in self.found.blocks)
        html, images = images_within(html)
        cleaned = clean(normal_marks(html), quotes=QUOTE_MARKS, signatures=SIGNATURE_MARKS)
        self.problems |= {"html-cut"} if cleaned.cut else set()
        self.problems |= {"html-flattened"} if cleaned.flattened else set()
        marked = text_of_clean(cleaned.html, mark_quotes=True) if has_html else plain
        if has_html and len(_WORDS.findall(plain)) > 2 * len(_WORDS.findall(marked)):
            marked = plain  # a page of pictures, whose words stand in the plain form only
        return Body(
            text=self._cut(without_signs(marked)),
            marked=self._cut(marked),
            html=cleaned.html if has_html and cleaned.html else None,
            type="text/html" if has_html else "text/plain",
            has_remote_images=cleaned.has_remote_images,
            attachments=(*self._attachments(html), *images, *self.files),
            problems=frozenset(self.problems),
        )

    def _both_forms(self) -> tuple[str, str]:
        """The plain form and the html of all blocks; where they say nothing, what a winmail.dat says."""
        has_html = any(block.html for block in self.found.blocks)
        plain = "\n\n".join(filter(None, (self._plain(block) for block in self.found.blocks)))
        html = "\n".join(filter(None, (self._page(block) for block in self.found.blocks))) if has_html else ""
        wrapped = next((each for each in self.winmails.values() if each.text or each.html), None)
        if wrapped and not plain.strip() and not html.strip():
            return tidy_lines(wrapped.text), wrapped.html
        return plain, html

    def _plain(self, block: Block) -> str:
        """The block's plain form, "" when it has none."""
        return "\n\n".join(filter(None, map(self._plain_text, block.plain)))

    def _plain_text(self, part: Part) -> str:
        content, files = uuencoded_in(content_of(part))
        self.files += [file for file in files if file not in self.files]
        text = storable(self._cut(self._decoded(part, content[: 4 * limits.TEXT_CHARS])))
        return tidy_lines(_unflowed(text, part) if part.type.get("format").lower() == "flowed" else text)

    def _page(self, block: Block) -> str:
        """The block as html; plain text between pages keeps its lines."""
        return "\n".join(map(self._html, block.html)) or "\n".join(map(self._as_html, block.plain))

    def _html(self, part: Part) -> str:
        if not _is_page(part):
            return self._as_html(part)
        content = content_of(part)
        self.problems |= {"html-cut"} if len(content) > limits.HTML_BYTES else set()
        meta = _META_CHARSET.search(content[:4_000])
        return self._decoded(part, content[: limits.HTML_BYTES], otherwise=meta)

    def _as_html(self, part: Part) -> str:
        text = self._plain_text(part)
        return f"<div>{escape(text).replace(chr(10), '<br>')}</div>" if text else ""

    def _decoded(self, part: Part, content: bytes, otherwise: re.Match[bytes] | None = None) -> str:
        declared = part.type.get("charset")
        if otherwise and not codec_for(declared):
            declared = otherwise[1].decode("ascii")
        found = decode(content, declared)
        self.problems |= set(filter(None, (found.problem, encoding_problem(part))))
        return found.text

    def _attachments(self, html: str) -> tuple[Attachment, ...]:
        """The files, and every further page, because a page may have been sent as a file without a name."""
        referred = frozenset(unquote(name) for name in _CID.findall(html))
        pages = [page for block in self.found.blocks for page in block.html if page.media_type == "text/html"]
        return (
            *(each for part in self.found.files for each in self._files_of(part, referred)),
            *(attachment_of(part, referred=referred, shown=True) for part in pages[1:]),
        )

    def _files_of(self, part: Part, referred: frozenset[str]) -> tuple[Attachment, ...]:
        """The part as a file; of a winmail.dat what is inside, and itself, which nobody needs to see."""
        wrapped = self.winmails.get(part.start)
        if wrapped is None:
            return (attachment_of(part, referred=referred),)
        inside = tuple(attachment_from(each, referred=referred) for each in wrapped.files)
        return (
            attachment_of(part, referred=referred, shown=wrapped.is_whole and wrapped.holds_anything),
            *inside,
        )

    def _cut(self, text: str) -> str:
        if len(text) > limits.TEXT_CHARS:
            self.problems.add("text-cut")
        return text[: limits.TEXT_CHARS]


def without_signs(marked: str) -> str:
    """The text without the signs that mark quotations."""
    for sign in (QUOTE_STARTS, SIGNATURE_STARTS):
        marked = marked.replace(f"{sign}\n", "").replace(sign, "")
    return marked


def _unflowed(text: str, part: Part) -> str:
    """Lines that the sender's program broke for width, whole again (RFC 3676)."""
    keep_blank = part.type.get("delsp").lower() != "yes"
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        stripped = line.lstrip(">")
        depth = len(line) - len(stripped)
        stripped = stripped.removeprefix(" ")
        if open_depth == depth and stripped != "-- ":
            out[-1].append(stripped)
        else:
            out.append([">" * depth + (" " if depth else "") + stripped])
        open_depth = depth if stripped.endswith(" ") and stripped != "-- " else -1
        if open_depth >= 0 and not keep_blank:
            out[-1][-1] = out[-1][-1][:-1]
    return "\n".join("".join(pieces) for pieces in out)
