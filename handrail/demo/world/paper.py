"""Small real files that customers and agents attach: pictures, PDFs, logs and tables, made from nothing."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from random import Random

from handrail.demo.world.nouns import Attachment

#: So many different files of each sort exist; tickets share them.
VARIANTS = 12
WIDTH, HEIGHT = 240, 160

_PICTURES = {
    "tracking": ("tracking-page.png", "Screenshot.png", "tracking.png"),
    "screenshot": ("screenshot.png", "Screenshot 2.png", "screen.png", "error.png"),
    "door": ("IMG_{n}.png", "photo.png", "door.png"),
    "pile": ("IMG_{n}.png", "parcels.png"),
    "label": ("label.png", "IMG_{n}.png", "label-scan.png"),
    "scale": ("scale.png", "IMG_{n}.png"),
    "broken": ("damage-1.png", "IMG_{n}.png", "box-outside.png", "broken.png"),
    "blank": ("blank-label.png", "IMG_{n}.png", "empty.png"),
    "letter": ("scan.png", "letter.png"),
    "receipt": ("receipt.png", "IMG_{n}.png"),
}
_PAPERS = {
    "statement": ("statement.pdf", "bank-statement.pdf", "Umsaetze.pdf"),
    "invoice": ("invoice.pdf", "commercial-invoice.pdf", "Rechnung.pdf"),
    "form": ("form-signed.pdf", "document.pdf", "scan.pdf"),
    "proof-of-delivery": ("proof-of-delivery.pdf",),
    "delivery-record": ("delivery-record.pdf",),
    "return-label": ("return-label.pdf",),
    "agreement": ("agreement.pdf",),
    "confirmation": ("confirmation.pdf",),
}
_TEXTS = {"log": ("log.txt", "trace.txt", "crash.txt"), "table": ("orders.csv", "list.csv", "parcels.csv")}


def attachment(sort: str, dice: Random) -> Attachment:
    """A file of that sort."""
    names = _PICTURES.get(sort) or _PAPERS.get(sort) or _TEXTS[sort]
    name = names[dice.randrange(len(names))].format(n=dice.randrange(1000, 9999))
    media_type, content = _content(sort, dice.randrange(VARIANTS))
    return Attachment(name=name, media_type=media_type, content=content)


@cache
def _content(sort: str, variant: int) -> tuple[str, bytes]:
    dice = Random(f"{sort}:{variant}")  # noqa: S311 - a picture, not a secret
    if sort in _PICTURES:
        return "image/png", _png(_rows(sort, dice))
    if sort in _PAPERS:
        return "application/pdf", _pdf(_lines(sort, dice))
    return ("text/plain" if sort == "log" else "text/csv"), _text(sort, dice).encode()


def _rows(sort: str, dice: Random) -> list[bytes]:
    """A grey picture of bands: a sheet on a desk with bars, lines or nothing on it."""
    desk, sheet = bytes([dice.randrange(90, 170)]), bytes([dice.randrange(225, 256)])
    edge = dice.randrange(16, 48)
    inner = WIDTH - 2 * edge
    blank = desk * edge + sheet * inner + desk * edge
    rows = [desk * WIDTH] * dice.randrange(8, 24)
    while len(rows) < HEIGHT - 12:
        rows += [blank] * dice.randrange(3, 9)
        if sort != "blank":
            marks = _bars(inner, dice) if dice.random() < 0.3 else _line(inner, sheet, dice)
            rows += [desk * edge + marks + desk * edge] * dice.randrange(2, 18)
    return (rows + [desk * WIDTH] * HEIGHT)[:HEIGHT]


def _bars(width: int, dice: Random) -> bytes:
    """One row of a barcode."""
    row = b"".join(bytes([20 + 220 * (n % 2)]) * dice.randrange(1, 5) for n in range(width))
    return row[:width]


def _line(width: int, sheet: bytes, dice: Random) -> bytes:
    """One row through a line of writing."""
    length = dice.randrange(width // 4, width)
    return bytes([dice.randrange(40, 120)]) * length + sheet * (width - length)


def _png(rows: list[bytes]) -> bytes:
    raw = b"".join(b"\x00" + row for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _lines(sort: str, dice: Random) -> list[str]:
    title = sort.replace("-", " ").capitalize()
    rows = [f"{n + 1:>3}   {_parcel(dice)}   {_price(dice)}" for n in range(dice.randrange(4, 14))]
    return ["Harbour Parcels", title, f"No. {dice.randrange(2000, 9000)}", "", *rows]


def _parcel(dice: Random) -> str:
    return f"HB {dice.randrange(1000, 9999)} {dice.randrange(100, 999)}"


def _price(dice: Random) -> str:
    return f"{dice.randrange(4, 99)}.{dice.randrange(10, 99)}"


def _pdf(lines: list[str]) -> bytes:
    """One page with these lines; the smallest file that every reader opens."""
    words = "".join(f"({line}) Tj T*\n" for line in lines)
    stream = f"BT /F1 12 Tf 15 TL 60 780 Td\n{words}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return body + _pdf_ending(places, len(body))


def _pdf_ending(places: list[int], start: int) -> bytes:
    """The table that says where each object begins."""
    count = len(places) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, trailer)


def _text(sort: str, dice: Random) -> str:
    if sort == "log":
        return "".join(_log_line(dice) for _ in range(dice.randrange(12, 40)))
    count = dice.randrange(5, 30)
    rows = (f"{_parcel(dice)};{dice.choice(_STATES)};{dice.randrange(1, 30)}" for _ in range(count))
    return "parcel;status;weight\n" + "\n".join(rows) + "\n"


def _log_line(dice: Random) -> str:
    clock = f"{dice.randrange(24):02}:{dice.randrange(60):02}:{dice.randrange(60):02}"
    return f"{clock} {dice.choice(_LEVELS)} {dice.choice(_PARTS)} {dice.choice(_EVENTS)}\n"


_STATES = ("in transit", "handed over", "no scan", "")
_LEVELS = ("INFO", "INFO", "WARN", "ERROR")
_PARTS = ("print", "scan", "sync", "http")
_EVENTS = ("job queued", "timeout after 2000 ms", "response 502", "buffer full", "ok")
