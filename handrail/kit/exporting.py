"""The one way tables leave as CSV: no cell can become a formula, and our own reader gives back what went in.

Spreadsheet programs run what begins with = + - @, a tab or a line end, in full width too, and some split at
other separators than the file's. Before such a place stands an apostrophe, which they show as text; so does
one before an apostrophe that was there, so that nothing is lost on the way back.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

#: Begin a formula: the signs, their full-width and small forms, and the minus of the typesetters.
_SIGNS = "=+\\-@" + "＝＋－＠﹦﹢﹣﹫−"
#: Blanks and signs without width, behind which a program may still see a formula.
_UNSEEN = '\\s"\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f'
_AT_START = re.compile(f"['\t\r\n]|[{_UNSEEN}]*[{_SIGNS}]")
_INSIDE = re.compile(f"([;,|\t\r\n][{_UNSEEN}]*)(?=['{_SIGNS}])")
_GUARDED_INSIDE = re.compile(f"([;,|\t\r\n][{_UNSEEN}]*)'")
#: So that programs that would else guess take it for UTF-8.
_MARK = "\ufeff"

Cell = str | int | float | datetime | None


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The table line by line, in UTF-8; times in UTC as ISO 8601."""
    yield (_MARK + _line(head)).encode()
    for row in rows:
        yield _line(row).encode()


def read_csv(content: str) -> Iterator[list[str]]:
    """The lines of such a file with the texts as they were before they were guarded."""
    for line in csv.reader(io.StringIO(content.removeprefix(_MARK), newline="")):
        yield [unguarded(cell) for cell in line]


def guarded(text: str) -> str:
    """The text so that no program takes it, or a part behind a separator, for a formula."""
    inside = _INSIDE.sub(r"\1'", text)
    return f"'{inside}" if _AT_START.match(inside) else inside


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return _GUARDED_INSIDE.sub(r"\1", cell.removeprefix("'"))


def _line(row: Iterable[Cell]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(_written, row))
    return written.getvalue()


def _written(cell: Cell) -> str:
    """Numbers are ours and stay as they are."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    return guarded(cell) if isinstance(cell, str) else str(cell)
