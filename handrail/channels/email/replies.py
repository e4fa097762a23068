"""What somebody newly wrote, apart from what they quoted and what their program signs with.

Every line gets a class, then a few rules over the classes cut the text, all of it linear in the text. Two
libraries were tried and left: they trim 12 and 20 of 32 sample replies as people do, one of them in time
that grows with the square (25 kB of "On a On a" took it 11 seconds).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handrail.channels.email import limits
from handrail.channels.email.line_classes import classes_of
from handrail.channels.email.lines import Line
from handrail.channels.email.phrases import GREETING
from handrail.kit.html import QUOTE_STARTS, SIGNATURE_STARTS


@dataclass(frozen=True, kw_only=True)
class Trimmed:
    """The three pieces of a text. reply is empty when nothing was newly written."""

    reply: str
    quoted: str
    signature: str


_SIGNATURE_DELIMITER = re.compile(rf"^\s*(?:--|—|__|- -|{SIGNATURE_STARTS})\s*$")
_PGP_START = "-----BEGIN PGP SIGNED MESSAGE-----"
_PGP_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_PGP_END = "-----END PGP SIGNATURE-----"
_SIGNATURE_LINES = 14
_AFTERWORD_LINES = 7  # fewer lines below a quotation, with an answer above it, are a signature


def trim(text: str) -> Trimmed:
    """The pieces of a plain text, or of html read with `mark_quotes`."""
    lines, beyond = _start_of(text)
    classes = classes_of(lines)
    end = _signature_start(lines, classes)
    kept, mobile = _without_tail(_new_lines(lines, classes, end), classes)
    signature = [*mobile, *_signature(classes, end)]
    ours = {*kept, *signature}
    quoted = [line for index, line in enumerate(lines) if index not in ours]
    if not signature and not any(line.strip() for line in quoted):
        return Trimmed(reply=_joined([*lines, beyond]), quoted="", signature="")
    return Trimmed(
        reply=_joined(lines[index] for index in kept),
        signature=_joined(lines[index] for index in signature),
        quoted=_joined([*quoted, beyond]),
    )


def _start_of(text: str) -> tuple[list[str], str]:
    """The lines that are looked at, and the text beyond them."""
    lines = text[: limits.TRIMMED_CHARS].replace("\r", "").split("\n")
    beyond = "\n".join(lines[limits.TRIMMED_LINES :]) + text[limits.TRIMMED_CHARS :]
    return _without_pgp(lines[: limits.TRIMMED_LINES]), beyond


def _joined(lines: Iterable[str]) -> str:
    text = "\n".join(line for line in lines if line.strip() not in (QUOTE_STARTS, SIGNATURE_STARTS))
    text = text.replace(QUOTE_STARTS, "").replace(SIGNATURE_STARTS, "")
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()


def _without_pgp(lines: list[str]) -> list[str]:
    """The lines of a signed text without the armour around it."""
    if _PGP_START not in lines:
        return lines
    start = lines.index(_PGP_START)
    body = next((index for index in range(start, len(lines)) if not lines[index].strip()), start) + 1
    end = lines.index(_PGP_SIGNATURE) if _PGP_SIGNATURE in lines else len(lines)
    behind = lines.index(_PGP_END) + 1 if _PGP_END in lines else len(lines)
    return [*lines[:start], *lines[body : max(body, end)], *lines[max(behind, end) :]]


def _signature_start(lines: list[str], classes: list[Line]) -> int:
    """Where the signature starts that a delimiter sets off; the number of lines when there is none."""
    seen: list[int] = []
    history = _history_start(classes)
    for index, kind in enumerate(classes[:history]):
        if kind is Line.TEXT and len(seen) < 4:
            seen.append(index)
        if kind is Line.DELIMITER and seen and _sets_off_signature(lines, classes, index, seen):
            return index
    return len(lines)


def _history_start(classes: list[Line]) -> int:
    """Where a quotation without marks starts; all below is quoted, the signatures there too."""
    first = next((index for index, kind in enumerate(classes) if kind is Line.INTRODUCTION), len(classes))
    return first if not _quotes_behind(classes, first, len(classes)) else len(classes)


def _sets_off_signature(lines: list[str], classes: list[Line], index: int, seen: list[int]) -> bool:
    """A rule within a message is none: it stands under a title, or much follows, or all is behind it."""
    if _SIGNATURE_DELIMITER.match(lines[index]):
        return True
    following = classes[index + 1 : _signature_end(classes, index)]
    if Line.TEXT not in following:
        return True
    under_a_title = index > 0 and classes[index - 1] is Line.TEXT
    only_greeted = len(seen) <= 2 and GREETING.match(lines[seen[0]]) is not None
    return not under_a_title and not only_greeted and following.count(Line.TEXT) <= _SIGNATURE_LINES


def _signature(classes: list[Line], start: int) -> range:
    """The lines of the signature; a rule that only sets off the quotation is none."""
    found = range(start, _signature_end(classes, start))
    return found if any(classes[index] in (Line.TEXT, Line.MOBILE) for index in found) else range(0)


def _signature_end(classes: list[Line], start: int) -> int:
    """A signature reaches to the next quotation."""
    for index in range(start, len(classes)):
        if classes[index] in (Line.INTRODUCTION, Line.QUOTE):
            return index
    return len(classes)


def _new_lines(lines: list[str], classes: list[Line], end: int) -> list[int]:
    """The lines before `end` that are no quoted history, by where the answer stands to it."""
    introduction = next((index for index in range(end) if classes[index] is Line.INTRODUCTION), None)
    if introduction is None:
        return list(range(end))
    above = [index for index in range(introduction) if classes[index] is Line.TEXT]
    quotes = _quotes_behind(classes, introduction, end)
    if not quotes:
        return list(range(introduction)) if above else []
    texts = [index for index in range(introduction, end) if classes[index] is Line.TEXT]
    tail = [index for index in texts if index > quotes[-1]]
    if any(quotes[0] < index < quotes[-1] for index in texts):
        return [index for index in range(end) if classes[index] is not Line.INTRODUCTION]
    return _around(lines, classes, introduction, above, tail, end)


def _quotes_behind(classes: list[Line], introduction: int, end: int) -> list[int]:
    """The quoted lines the introduction introduces; none when plain text follows it instead."""
    behind = next(
        (
            i
            for i in range(introduction, end)
            if classes[i] not in (Line.INTRODUCTION, Line.BLANK, Line.DELIMITER)
        ),
        None,
    )
    if behind is None or classes[behind] is not Line.QUOTE:
        return []
    return [index for index in range(behind, end) if classes[index] is Line.QUOTE]


def _around(
    lines: list[str], classes: list[Line], introduction: int, above: list[int], tail: list[int], end: int
) -> list[int]:
    """One quotation with text above it, below it, or both."""
    if not tail:
        return list(range(introduction)) if above else []
    if not above:
        return list(range(tail[0], end))
    if len(above) <= 2 and all(GREETING.match(lines[index]) for index in above):
        return [*range(introduction), *range(tail[0], end)]
    if len(tail) < _AFTERWORD_LINES:
        return list(range(introduction))
    return [index for index in range(end) if classes[index] is not Line.INTRODUCTION]


def _without_tail(kept: list[int], classes: list[Line]) -> tuple[list[int], list[int]]:
    """The lines without what ends them and is no answer, and those of them that a phone wrote."""
    last = next((at for at in range(len(kept) - 1, -1, -1) if classes[kept[at]] is Line.TEXT), -1)
    return kept[: last + 1], [index for index in kept[last + 1 :] if classes[index] is Line.MOBILE]
