"""The header of an older mail that stands in a text: its labels, and where it ends."""

import re

from handrail.channels.email.lines import Line
from handrail.channels.email.phrases import (
    DATE_AND_TIME,
    HEADER_LINE,
    LABELS,
    LINE_CHARS,
    MAIL_LIKE,
    SENT_LABELS,
)

TITLE = re.compile(r"^[\s>|]{0,8}[-_=*]{2,60}\s*[^\s\-_=*][^@]{1,58}?[-_=*]{2,60}\s*$")
_HEADER_WINDOW = 14


def header_end(labels: list[tuple[str, str]], lines: list[str], start: int) -> int | None:
    """The last line of the header that starts here, in lines without marks of quotation, or None."""
    return header_end_in(labels, lines, [Line.TEXT if line.strip() else Line.BLANK for line in lines], start)


def label_of(line: str) -> tuple[str, str]:
    """What kind of header line this is, and its value; ("", "") for other lines."""
    found = HEADER_LINE.match(line[:LINE_CHARS])
    kind = LABELS.get(found["label"].strip().lower(), "") if found else ""
    return (kind, found["value"]) if found and kind else ("", "")


def _label_in(line: str) -> str:
    found = HEADER_LINE.match(line[:LINE_CHARS])
    return found["label"].strip().lower() if found else ""


def unlisted_header_end(lines: list[str], classes: list[Line], start: int) -> int | None:
    """The last line of a header whose labels nobody listed: by its shape, since forms are not built like it.

    A rule or a title sets it off, name and address stand first, a whole date with its time below.
    """
    end = start
    while (
        end < len(lines)
        and end - start < _HEADER_WINDOW
        and classes[end] is Line.TEXT
        and _label_in(lines[end])
    ):
        end += 1
    above = next((index for index in range(start - 1, max(-1, start - 4), -1) if lines[index].strip()), None)
    begins = above is not None and (
        classes[above] is Line.DELIMITER or bool(TITLE.match(lines[above][:LINE_CHARS]))
    )
    dated = any(DATE_AND_TIME.match(line[:LINE_CHARS]) for line in lines[start + 1 : end])
    return end - 1 if begins and dated and end - start >= 4 else None


def header_end_in(
    labels: list[tuple[str, str]], lines: list[str], classes: list[Line], start: int
) -> int | None:
    """The last line of the quoted mail's header that starts here; None when none does.

    People write "From: Berlin / To: Rome / Date: 12 May" too: a subject, an address or "Sent" must be there.
    """
    kinds: set[str] = set()
    addressed, sent, last, others = False, False, start, 0
    for index in range(start, min(len(labels), start + _HEADER_WINDOW)):
        kind, value = labels[index]
        if kind:
            kinds.add(kind)
            addressed |= kind in ("from", "to") and bool(MAIL_LIKE.search(value))
            sent |= kind == "date" and _label_in(lines[index]) in SENT_LABELS
            last, others = index, 0
        elif classes[index] not in (Line.TEXT, Line.BLANK) or others >= 2:
            break
        else:
            others += 1
    enough = len(kinds - {"other"}) >= 3 and ("subject" in kinds or addressed or sent)
    return last if enough or (addressed and {"from", "date"} <= kinds) else None
