"""A small grammar: sections of alternative lines with slots, compiled once and spoken many times.

A phrase file looks like this:

    [subject]
    Where is {parcel}?
    == depot 2
    [=shelf]
    {the top|a side} shelf
    [fix]
    {I have~We have} found it on {shelf}.

`[name]` holds alternatives, one a line, drawn afresh at each use. `[=name]` is drawn once per ticket and
then stays. `== name weight` opens a scenario: its sections count only for tickets that play it, instead of
those of the same name before, or in addition as `[+name]`. A name may carry a tone, `[feeling@angry]`: the
lines for a speech in that tone.

`{a|b}` draws one, `{a~b}` takes a for one speaker and b for several, `{m^f}` goes by the speaker's gender,
`{name}` is another section or a fact, `{Name}` the same with a capital letter, `\\n` a new line. A line that
is only "-" says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

Part = Callable[["Speech"], str]
Line = str | tuple["str | Part", ...]
Rules = dict[str, tuple[Line, ...]]

STICKY = "="
MORE = "+"
TONE = "@"
NOTHING = "-"
#: These go in pairs: where both have as many lines, the second says what fits the line drawn of the first.
PAIRS = {"answer": "probe"}


class Speaker(Protocol):
    """Whoever says the words: one or several, feminine or not."""

    @property
    def many(self) -> bool: ...

    @property
    def feminine(self) -> bool: ...


@dataclass(slots=True)
class Script:
    """What one phrase file says: rules for all its tickets and rules of each scenario with its weight."""

    rules: Rules = field(default_factory=dict)
    scenarios: dict[str, Rules] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """All rules of one language, topic and scenario; varied: the names that have lines for some tone."""

    rules: Rules
    varied: frozenset[str]


@dataclass(slots=True)
class Speech:
    """One ticket's words: its own dice, its rules, its facts, who speaks how, and what was said already."""

    dice: Random
    book: Book
    facts: dict[str, str]
    speaker: Speaker
    tones: tuple[str, ...] = ()
    said: set[tuple[str, int]] = field(default_factory=set)
    latest: dict[str, int] = field(default_factory=dict)

    def say(self, name: str) -> str:
        """One line of the section, if possible one that this ticket has not heard yet."""
        rules = self.book.rules
        if name in self.book.varied:
            for tone in self.tones:
                if name + tone in rules:
                    name += tone
                    break
        lines = rules[name]
        count = len(lines)
        if count == 1:
            return self.render(lines[0])
        index = int(self.dice.random() * count)
        if name in PAIRS and len(rules.get(PAIRS[name], ())) == count:
            index = self.latest.get(PAIRS[name], index)
        if (name, index) in self.said:
            index = self._unheard(name, index, count)
        self.said.add((name, index))
        self.latest[name] = index
        return self.render(lines[index])

    def _unheard(self, name: str, index: int, count: int) -> int:
        """The next line that was not heard; the same one when all were."""
        others = ((index + step) % count for step in range(1, count))
        return next((other for other in others if (name, other) not in self.said), index)

    def render(self, line: Line) -> str:
        if isinstance(line, str):
            return line
        return "".join([part if isinstance(part, str) else part(self) for part in line])

    def look_up(self, name: str) -> str:
        """A section's fresh line, or the ticket's fact, or either of them with a capital letter."""
        if name in self.book.rules:
            return self.say(name)
        if name in self.facts:
            return self.facts[name]
        if STICKY + name in self.book.rules:
            self.facts[name] = word = self.say(STICKY + name)
            return word
        if name[0].isupper():
            word = self.look_up(name[0].lower() + name[1:])
            return word[:1].upper() + word[1:]
        return self.facts[name]  # a lazy fact, or a KeyError that names the slot


def bound(*layers: Rules) -> Book:
    """The layers as one book; a later layer's section replaces an earlier one with all its tones."""
    rules: Rules = {}
    for layer in layers:
        plain = {name for name in layer if TONE not in name}
        rules = {name: lines for name, lines in rules.items() if name.partition(TONE)[0] not in plain}
        for name, lines in layer.items():
            more = name.startswith(MORE)
            rules[name.lstrip(MORE)] = rules.get(name[1:], ()) + lines if more else lines
    return Book(rules=rules, varied=frozenset(name.partition(TONE)[0] for name in rules if TONE in name))


def parse(text: str) -> Script:
    """Reads a phrase file."""
    script = Script()
    rules: dict[str, list[Line]] = {}
    home = script.rules
    name = ""
    for raw in [*text.splitlines(), "== end"]:
        line = raw.strip()
        if line.startswith("== "):
            home.update({key: tuple(lines) for key, lines in rules.items() if lines})
            key, _, weight = line[3:].partition(" ")
            rules, name, home = {}, "", {}
            script.scenarios[key] = home
            script.weights[key] = float(weight or 1)
        elif line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            rules.setdefault(name, [])
        elif line and not line.startswith("#"):
            rules[name].append(compiled(line.replace("\\n", "\n")))
    del script.scenarios["end"], script.weights["end"]
    return script


def compiled(text: str) -> Line:
    """A line ready to be spoken: plain text stays a string."""
    parts: list[str | Part] = []
    text = "" if text == NOTHING else text
    while text:
        plain, brace, rest = text.partition("{")
        if plain:
            parts.append(plain)
        if not brace:
            break
        inner, text = _to_closing_brace(rest)
        parts.append(_slot(inner))
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else tuple(parts)


def _to_closing_brace(text: str) -> tuple[str, str]:
    depth = 1
    for index, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return text[:index], text[index + 1 :]
    raise ValueError(f"a brace is never closed: {text!r}")


def _slot(inner: str) -> Part:
    for mark, make in (("|", _drawn), ("~", _by_number), ("^", _by_gender)):
        options = _split(inner, mark)
        if len(options) > 1:
            return make([_option(option) for option in options])
    return lambda speech: speech.look_up(inner)


def _option(text: str) -> Line:
    """One choice; `{a|b~c}` holds a choice within a choice."""
    nested = any(len(_split(text, mark)) > 1 for mark in "~^")
    return compiled("{" + text + "}" if nested else text)


def _split(inner: str, mark: str) -> list[str]:
    pieces, depth = [""], 0
    for char in inner:
        depth += (char == "{") - (char == "}")
        if char == mark and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _drawn(options: list[Line]) -> Part:
    count = len(options)
    return lambda speech: speech.render(options[int(speech.dice.random() * count)])


def _by_number(options: list[Line]) -> Part:
    one, several = options
    return lambda speech: speech.render(several if speech.speaker.many else one)


def _by_gender(options: list[Line]) -> Part:
    masculine, feminine = options
    return lambda speech: speech.render(feminine if speech.speaker.feminine else masculine)


def slots_of(text: str) -> set[str]:
    """The names a raw line refers to; the tests use it to see that every slot has a filler."""
    names: set[str] = set()
    rest = text
    while "{" in rest:
        inner, rest = _to_closing_brace(rest.partition("{")[2])
        options = next((o for mark in "|~^" if len(o := _split(inner, mark)) > 1), None)
        if options is None:
            names.add(inner)
        else:
            names |= {name for option in options for name in slots_of(option)}
    return names
