"""Words in office files: zips with XML in them. Streamed, so that nothing is larger in memory than a piece.

The XML declares no document types and no entities (nothing can blow up), and is nested only so deep.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from handrail.files.documents import limits
from handrail.files.documents.refusal import Unreadable

#: The parts that hold words, of Word, Excel, PowerPoint and OpenDocument.
_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|worksheets/sheet\d+)\.xml|ppt/(slides|notesSlides)/\w+\.xml|content\.xml"
)
#: At the end of these a word ends.
_BLOCKS = frozenset({"p", "h", "si", "c", "row", "tr", "table-cell", "list-item", "tab", "br", "cr"})
_PIECE = 64 * 1024


def words_of(file: IO[bytes]) -> str:
    """All words, part after part. Raises Unreadable."""
    try:
        with ZipFile(file) as parcel:
            return _Gathered().of(parcel)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("damaged-zip") from error
    except expat.ExpatError as error:
        raise Unreadable("damaged-xml") from error


class _Gathered:
    """Words so far, and how much was unpacked for them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.letters = self.unpacked = 0

    def of(self, parcel: ZipFile) -> str:
        for part in _parts_of(parcel):
            with parcel.open(part) as content:
                self._read(content)
            if self.letters >= limits.LETTERS:
                break
        return "".join(self.words)[: limits.LETTERS]

    def _read(self, content: IO[bytes]) -> None:
        parser = _parser(self._take)
        while piece := content.read(_PIECE):
            self.unpacked += len(piece)
            if self.unpacked > limits.UNPACKED_BYTES:
                raise Unreadable("too-large-unpacked")
            parser.Parse(piece, False)
            if self.letters >= limits.LETTERS:
                return
        parser.Parse(b"", True)

    def _take(self, text: str) -> None:
        self.words.append(text)
        self.letters += len(text)


def _parts_of(parcel: ZipFile) -> Iterator[ZipInfo]:
    members = parcel.infolist()
    if len(members) > limits.MEMBERS:
        raise Unreadable("too-many-parts")
    yield from (each for each in members if _PARTS.fullmatch(each.filename))


def _parser(take: Callable[[str], None]) -> expat.XMLParserType:
    """Gives on the words between tags, with a blank where a word must end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    state = {"depth": 0, "skip": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        if state["depth"] > limits.DEPTH:
            raise Unreadable("too-deep")
        if name.rpartition(" ")[2] == "c":  # a cell of a sheet that only names a shared text by its number
            state["skip"] = attributes.get("t") == "s"

    def end(name: str) -> None:
        state["depth"] -= 1
        local = name.rpartition(" ")[2]
        state["skip"] = state["skip"] and local != "c"
        if local in _BLOCKS:
            take("\n")

    def said(text: str) -> None:
        if not state["skip"]:
            take(text)

    def refused(*_declared: object) -> None:
        raise Unreadable("declares-entities")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
    return parser
