"""How two texts differ, word by word, for people to look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Beyond so many words in both, lines are compared; beyond so many lines, nothing is: both are shown whole.
MOST_WORDS = 3_000
MOST_LINES = 3_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """kind: same | gone | new."""

    kind: str
    text: str


def difference(was: str, now: str) -> list[Piece]:
    """The pieces in the order of reading; what went stands before what came in its place."""
    for pattern, most in ((_WORDS, MOST_WORDS), (_LINES, MOST_LINES)):
        before, after = pattern.findall(was), pattern.findall(now)
        if len(before) + len(after) <= most:
            return list(_pieces(before, after))
    return [Piece(kind="gone", text=was), Piece(kind="new", text=now)]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for what, start, end, start_now, end_now in steps:
        gone, new = "".join(before[start:end]), "".join(after[start_now:end_now])
        if what == "equal":
            yield Piece(kind="same", text=gone)
            continue
        if gone:
            yield Piece(kind="gone", text=gone)
        if new:
            yield Piece(kind="new", text=new)
