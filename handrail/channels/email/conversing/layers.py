"""What a mail says itself and what it quotes, layer by layer, each with the lines that introduce it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handrail.channels.email.evidence import rows_of
from handrail.channels.email.phrases import FORWARDED, LINE_CHARS, ORIGINAL
from handrail.channels.email.quoted_headers import header_end, label_of

_LOOKED_AT = 40_000
#: So many lines above a quotation may introduce it.
_INTRODUCING = 3
#: No header above a quoted mail has more lines.
_LONGEST_HEAD = 20
# One sign for each time that the line was quoted: `> > `, `SL> `, `  | `, `--] `.
_MARKS = re.compile(r"(?:\s{0,4}(?:[A-Za-z.]{0,12}[>|}]|-{1,2}\]))+")
_SIGN = re.compile(r"[>|}\]]")
# `>>>>> "TP" == Tim Peters writes:` and `>>>Rick said:` introduce a quotation and are none.
_SPOKEN = re.compile(r">{5} .{0,80} == |>{3,5}\s?[A-Z][\w. ]{1,40} (?:said|wrote|writes)\b")


@dataclass(frozen=True, slots=True)
class Layer:
    """One of them. depth: 0 what the mail says itself, 1 what it answers, 2 what that answered, and so on."""

    depth: int
    rows: frozenset[int]
    introduction: str


def layers_of(text: str) -> list[Layer]:
    """The layers that are there, the mail's own words first."""
    lines = [_unmarked(line) for line in text[:_LOOKED_AT].split("\n")]
    heads = dict(_heads([words for _depth, words in lines]))
    found, index = _Found(), 0
    while index < len(lines):
        if (end := heads.get(index)) is None:
            found.take(*lines[index])
            index += 1
        else:
            found.take_head(lines[index : end + 1], below=lines[end + 1 : end + 4])
            index = end + 1
    return found.layers()


def introduction_of(text: str) -> str:
    """The lines above what a mail answers; "" where it quotes nothing."""
    return next((layer.introduction for layer in layers_of(text) if layer.depth), "")


def _unmarked(line: str) -> tuple[int, str]:
    """How often the line was quoted, and the line without the marks of it."""
    marks = None if _SPOKEN.match(line) else _MARKS.match(line[:LINE_CHARS])
    return (len(_SIGN.findall(marks[0])), line[marks.end() :]) if marks else (0, line)


def _heads(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First and last line of each header of a quoted mail, with the rule above it."""
    labels = [label_of(line) if ":" in line else ("", "") for line in lines]
    index = 0
    while index < len(lines):
        end = _end_of_head(labels, lines, index)
        if end is not None:
            yield index, end
        index = index + 1 if end is None else end + 1


def _end_of_head(labels: list[tuple[str, str]], lines: list[str], start: int) -> int | None:
    """Below a rule one line of a header is enough: some programs write no more, others none."""
    line = lines[start][:LINE_CHARS]
    is_rule = bool(ORIGINAL.match(line) or FORWARDED.match(line))
    top = start + is_rule
    if top >= len(lines) or not labels[top][0]:
        return start if is_rule else None
    window = slice(top, top + _LONGEST_HEAD)
    end = header_end(labels[window], lines[window], 0)
    if end is None:
        return top if is_rule else None
    return top + end


@dataclass(slots=True)
class _Found:
    """What was read so far. below: how many headers of quoted mails stand above, whose text has no marks."""

    below: int = 0
    depth: int = 0
    said: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    introductions: dict[int, str] = field(default_factory=dict)
    recent: list[tuple[int, str]] = field(default_factory=list)

    def take(self, marks: int, words: str) -> None:
        if not words.strip():
            return
        depth = self.below + marks
        if depth > self.depth:
            above = [line.strip() for its, line in self.recent[-_INTRODUCING:] if its < depth]
            self.introductions.setdefault(depth, " ".join(above))
        self.depth = depth
        self.recent.append((depth, words))
        self.said[depth].append(words)

    def take_head(self, lines: Sequence[tuple[int, str]], *, below: Sequence[tuple[int, str]]) -> None:
        """What stands below a header is quoted: with marks of its own, or else to the end of the text."""
        marks = lines[0][0]
        is_marked = any(depth for depth, words in below if words.strip())
        if not marks and not is_marked:
            self.below += 1
        depth = self.below + (marks or is_marked)
        self.introductions.setdefault(depth, " ".join(_telling(lines)))
        self.said.setdefault(depth, [])
        self.recent.clear()

    def layers(self) -> list[Layer]:
        return [
            Layer(depth=depth, rows=rows_of("\n".join(words)), introduction=self.introductions.get(depth, ""))
            for depth, words in sorted(self.said.items())
        ]


def _telling(lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Of a header the lines that tell who wrote when under which id, with what of them was wrapped."""
    tells = False
    for _depth, words in lines:
        if ":" in words:
            tells = label_of(words)[0] in ("from", "date") or words.strip().lower().startswith("message-id")
        if tells:
            yield words
