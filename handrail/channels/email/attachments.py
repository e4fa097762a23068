"""Files of a mail: what counts as one, its content, its name, and whether it stands inside the text."""

import binascii
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field

from handrail.channels.email import limits
from handrail.channels.email.contents.tnef import TnefFile
from handrail.channels.email.encoded_words import base64_bytes
from handrail.channels.email.headers import Fields
from handrail.channels.email.structure import Part
from handrail.kit.text import collapse, file_name

BODY_TYPES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_NAMES = {
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "read-receipt.txt",
    "message/rfc822": "message.eml",
    "message/rfc822-headers": "headers.txt",
    "message/global": "message.eml",
    "text/calendar": "invite.ics",
    "text/rfc822-headers": "headers.txt",
    "application/pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat",
}
# Types that programs write in place of the registered ones.
_USUAL_TYPES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/x-ms-bmp": "image/bmp",
    "application/x-pdf": "application/pdf",
    "application/x-zip-compressed": "application/zip",
    "application/x-zip": "application/zip",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
}
_UNCHANGED = frozenset({"", "7bit", "8bit", "binary"})
_UUENCODE = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
_UU = re.compile(
    rb"^begin [0-7]{3,4} (?P<name>[^\r\n]{1,200})\r?\n(?P<lines>(?:[\x20-\x60]{1,90}\r?\n)*+)end\b", re.M
)
_DATA_IMAGE = re.compile(
    r"""(\bsrc\s*=\s*["']?)data:(image/(?:png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=\s%]++)""", re.I
)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One file. inline: the html shows it by its content id. shown: its text already stands in the body."""

    name: str
    type: str
    content: bytes = field(repr=False)
    inline: bool = False
    content_id: str | None = None
    shown: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def md5(self) -> str:
        """For comparing with other programs' lists; nothing of ours trusts it."""
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()


def is_file(part: Part) -> bool:
    """The part is a file to be offered, not text to be read."""
    return (
        part.media_type not in BODY_TYPES
        or part.disposition.value == "attachment"
        or bool(part.disposition.get("filename") or part.type.get("name"))
    )


def content_of(part: Part) -> bytes:
    """The part's content without its transfer encoding; never raises, and keeps what can be read of it."""
    encoding = part.fields.value("content-transfer-encoding").strip("\"' ")
    if encoding == "base64":
        return _base64(part)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if encoding in _UUENCODE:
        found = _UU.search(part.body)
        return _uu_content(found["lines"] if found else part.body)
    # Lines that travelled as lines end as lines do here; only a nested mail keeps what mails have.
    as_it_is = encoding == "binary" or part.media_type == "message/rfc822"
    return part.body if as_it_is else part.body.replace(b"\r\n", b"\n")


def encoding_problem(part: Part) -> str:
    """The problem's name when the transfer encoding is one that nobody knows, else ""."""
    encoding = part.fields.value("content-transfer-encoding").strip("\"' ")
    known = _UNCHANGED | _UUENCODE | {"base64", "quoted-printable"}
    return "" if encoding in known else "transfer-encoding-unknown"


def _base64(part: Part) -> bytes:
    """Decoded straight from the raw mail, because a copy of every large file would double the memory."""
    padding = part.raw.find(b"=", part.start, part.end)
    if padding < 0 or not part.raw[padding : part.end].strip(b"= \r\n\t"):
        try:
            return binascii.a2b_base64(memoryview(part.raw)[part.start : part.end])
        except binascii.Error:
            pass
    return base64_bytes(part.body)


def _uu_content(lines: bytes) -> bytes:
    content = []
    for line in lines.splitlines():
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:  # too long for its own length: some programs pad
            content.append(_uu_by_length(line))
    return b"".join(content)


def _uu_by_length(line: bytes) -> bytes:
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:length])
    except binascii.Error:
        return b""


def attachment_of(part: Part, *, referred: frozenset[str], shown: bool = False) -> Attachment:
    """The part as a file; `referred` holds the content ids that the html shows."""
    content = content_of(part)
    content_id = collapse(part.fields.text("content-id")).strip("<> ")[: limits.ID_CHARS] or None
    return Attachment(
        name=file_name(name_of(part, content)),
        type=part.media_type,
        content=content,
        inline=content_id is not None and content_id in referred,
        content_id=content_id,
        shown=shown,
    )


def is_winmail(part: Part) -> bool:
    """Outlook's wrapping, by its type or, where a server lost that, by its name."""
    return part.media_type in ("application/ms-tnef", "application/vnd.ms-tnef") or (
        part.media_type == "application/octet-stream"
        and (part.disposition.get("filename") or part.type.get("name")).lower() == "winmail.dat"
    )


def attachment_from(file: TnefFile, *, referred: frozenset[str]) -> Attachment:
    """A file out of a winmail.dat."""
    name = file.name or "file"
    return Attachment(
        name=name,
        type=file.type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        content=file.content,
        inline=bool(file.content_id) and file.content_id in referred,
        content_id=file.content_id or None,
    )


def name_of(part: Part, content: bytes) -> str:
    """The name the sender gave, or one that says what it is."""
    given = part.disposition.get("filename") or part.type.get("name")
    if given.strip():
        return given
    described = part.fields.text("content-description")[:100].strip()
    if part.media_type == "message/rfc822":
        title = described or Fields.of(_header_of(content)).text("subject")[:100]
        return f"{title}.eml" if title.strip() else "message.eml"
    usual = _NAMES.get(part.media_type, "")
    kind = _USUAL_TYPES.get(part.media_type, part.media_type)
    ending = mimetypes.guess_extension(kind) or ""
    if described:
        return (
            described
            if "." in described[-6:]
            else described + (usual[usual.rfind(".") :] if usual else ending)
        )
    sort = kind.partition("/")[0]
    return usual or (f"{sort if sort != 'application' else 'file'}{ending}" if ending else "file")


def _header_of(mail: bytes) -> bytes:
    """As much of a nested mail as its subject needs; small enough to be within every limit."""
    return mail[: 32 * limits.KB].replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[0]


def uuencoded_in(text: bytes) -> tuple[bytes, list[Attachment]]:
    """Plain text without the files that old programs wrote into it, and those files."""
    if b"begin " not in text:
        return text, []
    found = [
        Attachment(
            name=file_name(piece["name"].decode("utf-8", errors="replace")),
            type=mimetypes.guess_type(piece["name"].decode("ascii", errors="replace"))[0]
            or "application/octet-stream",
            content=_uu_content(piece["lines"]),
        )
        for piece in _UU.finditer(text)
        if piece["lines"]
    ]
    return (_UU.sub(b"", text), found) if found else (text, [])


def images_within(html: str) -> tuple[str, list[Attachment]]:
    """Html whose `data:` images became inline files, and those files."""
    if "data:image" not in html and "DATA:" not in html:
        return html, []
    found: dict[str, Attachment] = {}

    def as_file(image: re.Match[str]) -> str:
        content = base64_bytes(image[3].replace("%2B", "+").replace("%2F", "/").encode())
        content_id = f"{hashlib.sha256(content).hexdigest()[:24]}@data"
        ending = image[2].lower().partition("/")[2].replace("jpeg", "jpg")
        if content_id not in found and len(found) < limits.ATTACHMENTS:
            found[content_id] = Attachment(
                name=f"image-{len(found) + 1}.{ending}",
                type=image[2].lower(),
                content=content,
                inline=True,
                content_id=content_id,
            )
        return f"{image[1]}cid:{content_id}"

    return _DATA_IMAGE.sub(as_file, html), list(found.values())
