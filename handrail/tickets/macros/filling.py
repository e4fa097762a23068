"""Words with names in double braces, filled in. Nothing is computed, so that no text can do harm.

`{{customer.first_name}}` becomes its value, `{{customer.first_name|there}}` the words behind the bar where
the value is unknown, `{{#if customer.plan}}…{{else}}…{{/if}}` one part or the other. Everything else in
braces stays as it is written. One pass over the text; a value is never read again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: Conditions inside each other; deeper ones stay as they are written.
DEEPEST = 10
_MARK = re.compile(
    r"\{\{\s*(?:(#if)\s+([a-z_.]{1,60})|(else|/if)|([a-z_.]{1,60})\s*(?:\|([^{}]{0,200}))?)\s*\}\}"
)

Escape = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The words, and the names that had no value and no words to stand in."""

    text: str
    missing: tuple[str, ...]


@dataclass(kw_only=True)
class _Part:
    """One condition that is open: whether it holds, whether this side of it is shown, where it began."""

    holds: bool
    shown: bool


@dataclass
class _Filling:
    values: Mapping[str, str]
    escape: Escape
    open: list[_Part] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)

    def say(self, words: str) -> None:
        if all(part.shown for part in self.open):
            self.words.append(words)

    def mark(self, found: "re.Match[str]") -> None:
        begins, condition, turns, name, instead = found.groups()
        if begins:
            self._begin(condition, found[0])
        elif turns:
            self._turn(turns, found[0])
        elif name in self.values:
            self._value(name, instead)
        else:
            self.say(found[0])

    def _begin(self, name: str, written: str) -> None:
        if name in self.values and len(self.open) < DEEPEST:
            holds = bool(self.values[name])
            self.open.append(_Part(holds=holds, shown=holds))
        else:
            self.say(written)

    def _turn(self, turns: str, written: str) -> None:
        if not self.open:
            self.say(written)
        elif turns == "else":
            self.open[-1].shown = not self.open[-1].holds
        else:
            self.open.pop()

    def _value(self, name: str, instead: str | None) -> None:
        if not all(part.shown for part in self.open):
            return
        value = self.values[name]
        if value or instead is None:
            self.words.append(self.escape(value))
        else:
            self.words.append(instead.strip())
        if not value and instead is None:
            self.missing[name] = None


def filled(template: str, values: Mapping[str, str], *, escape: Escape = str) -> Filled:
    """The template with its names replaced. escape: makes a value fit for where the text goes, as html.

    values: every name that can be used, empty where it is unknown. A condition that is never ended reaches to
    the end.
    """
    filling, end = _Filling(values, escape), 0
    for found in _MARK.finditer(template):
        filling.say(template[end : found.start()])
        filling.mark(found)
        end = found.end()
    filling.say(template[end:])
    return Filled(text="".join(filling.words), missing=tuple(filling.missing))


def names_in(template: str) -> set[str]:
    """The names a template uses, known or not."""
    return {found[2] or found[4] for found in _MARK.finditer(template) if found[2] or found[4]}
