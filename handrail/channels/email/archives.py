"""Mails in files of other programs: mbox, Maildir, MH, folders of .eml and .emlx; one by one."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from handrail.channels.email.limits import MAIL_BYTES

#: Lines are read in pieces of so much: a file without line ends must not fill the memory.
PIECE_BYTES = 1024 * 1024
_STARTS = b"From "
#: A file whose name says nothing is an mbox by its first two lines (Thunderbird), a number a mail of MH.
_MBOX_BEGINS = re.compile(rb"From [^\r\n]{0,300}\r?\n>?[!-9;-~]{1,100}:")
_MAIL_BEGINS = re.compile(rb"[!-9;-~]{1,100}:[ \t]")
#: Apple writes the length before a mail, and a list of its own behind it.
_LENGTH = re.compile(rb"(\d{1,12})\s*\n")
NO_MAIL = "no mail"
_QUOTED = re.compile(rb"(?m)^>(>*From )")
#: How files begin that hold other files. They are not opened: a small one can be a very large one inside.
_PACKED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
)
_TAR, _TAR_AT = b"ustar", 257
#: What a Maildir keeps its mails in; `tmp` holds what is not whole yet.
_MAILDIR = ("cur", "new")


@dataclass(frozen=True, kw_only=True)
class Found:
    """One mail. where: the file, with the number of the mail in it. problem: why there are no bytes."""

    where: str
    raw: bytes = b""
    problem: str = ""


def mails_in(path: Path) -> Iterator[Found]:
    """Every mail below a path, in the order of names. Links are not followed."""
    if path.is_symlink() or not path.exists():
        yield Found(where=str(path), problem="not a file or folder")
    elif path.is_dir():
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if name != "tmp")
            for name in sorted(files):
                if _may_hold_mail(Path(folder), name):
                    yield from _mails_of(Path(folder) / name)
                elif not name.startswith("."):
                    yield Found(where=str(Path(folder) / name), problem=NO_MAIL)
    else:
        yield from _mails_of(path)


def _may_hold_mail(folder: Path, name: str) -> bool:
    """In a Maildir every file is a mail; elsewhere the name says it, else how the file begins."""
    if folder.name in _MAILDIR:
        return not name.startswith(".")
    if name.lower().endswith((".eml", ".emlx", ".mbox", ".mbx")):
        return True
    begins = _MAIL_BEGINS if name.isdecimal() else _MBOX_BEGINS
    return "." not in name and bool(begins.match(_start_of(folder / name)))


def _start_of(file: Path) -> bytes:
    """The first bytes; none where there is nothing to read, which the file itself tells later."""
    try:
        if file.is_symlink() or not file.is_file():
            return b""
        with file.open("rb") as opened:
            return opened.read(1024)
    except OSError:
        return b""


def _mails_of(file: Path) -> Iterator[Found]:
    try:
        if file.is_symlink() or not file.is_file():
            yield Found(where=str(file), problem="not a file or folder")
            return
        with file.open("rb") as opened:
            start = opened.read(_TAR_AT + len(_TAR))
            opened.seek(0)
            if start.startswith(_PACKED) or start[_TAR_AT:] == _TAR:
                yield Found(where=str(file), problem="an archive: unpack it first")
            else:
                yield from _mbox(opened, file) if start.startswith(_STARTS) else _single(opened, file)
    except OSError as error:
        yield Found(where=str(file), problem=error.strerror or "cannot be read")


def _single(opened: BinaryIO, file: Path) -> Iterator[Found]:
    length = _LENGTH.match(opened.readline(PIECE_BYTES)) if file.name.lower().endswith(".emlx") else None
    if file.name.lower().endswith(".partial.emlx"):
        yield Found(where=str(file), problem="not whole: its files lie elsewhere, export it as mbox")
        return
    if length is None:
        opened.seek(0)
    yield _found(str(file), opened.read(min(int(length[1]), MAIL_BYTES + 1) if length else MAIL_BYTES + 1))


def _mbox(opened: BinaryIO, file: Path) -> Iterator[Found]:
    """A mail begins with a line `From …` behind an empty one; within mails such lines are quoted by `>`."""
    held, number, after_blank, at_start = bytearray(), 0, True, True
    while piece := opened.readline(PIECE_BYTES):
        if at_start and after_blank and piece.startswith(_STARTS):
            if number:
                yield _from_mbox(held, file, number)
            held, number = bytearray(), number + 1
        elif len(held) <= MAIL_BYTES:
            held += piece
        after_blank, at_start = at_start and piece in (b"\n", b"\r\n"), piece.endswith(b"\n")
    if number:
        yield _from_mbox(held, file, number)


def _from_mbox(held: bytearray, file: Path, number: int) -> Found:
    raw = bytes(held)
    raw = raw.removesuffix(b"\n").removesuffix(b"\r") if raw.endswith((b"\n\n", b"\n\r\n")) else raw
    return _found(f"{file} #{number}", _QUOTED.sub(rb"\1", raw) if b">From " in raw else raw)


def _found(where: str, raw: bytes) -> Found:
    if len(raw) > MAIL_BYTES:
        return Found(where=where, problem="larger than this desk reads")
    return Found(where=where, raw=raw) if raw.strip() else Found(where=where, problem="empty")
