"""The phrase files on their shelf: one folder a language, one file a topic."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from handrail.demo.world.grammar import Book, Script, bound, parse

FOLDER = Path(__file__).parent / "phrases"
COMMON = "common"
#: A topic's own follow-up question exists in English only; elsewhere the common ones are asked.
_ENGLISH_ONLY = ("question", "reanswer")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have words at all."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if (folder / f"{COMMON}.txt").exists()))


@cache
def topics_in(language: str) -> frozenset[str]:
    """The topics that have words in this language."""
    return frozenset(path.stem for path in (FOLDER / language).glob("*.txt")) - {COMMON}


@cache
def script(language: str, topic: str) -> Script:
    return parse((FOLDER / language / f"{topic}.txt").read_text(encoding="utf-8"))


@cache
def book(language: str, topic: str, scenario: str) -> Book:
    """Everything that can be said: notes between colleagues are English in every language."""
    words = script(language, topic)
    own = words.scenarios.get(scenario, {})
    if language == "en":
        return bound(script("en", COMMON).rules, words.rules, own)
    english = book("en", topic, scenario if scenario in script("en", topic).scenarios else "")
    inherited = {name: lines for name, lines in english.rules.items() if name not in _ENGLISH_ONLY}
    return bound(inherited, script(language, COMMON).rules, words.rules, own)


def in_english(text: str, language: str) -> str:
    """A note whose facts speak another language, with its weekdays, months and a few more in English."""
    words = _english_words(language)
    return _foreign(language).sub(lambda found: words[found.group()], text)


@cache
def _foreign(language: str) -> re.Pattern[str]:
    longest_first = sorted(_english_words(language), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


@cache
def _english_words(language: str) -> dict[str, str]:
    own, english = script(language, COMMON).rules, script("en", COMMON).rules
    pairs = [line.partition(" > ") for line in map(str, own.get("translations", ()))]
    found = [(word, translation) for word, _, translation in pairs]
    for name in ("weekdays", "months"):
        found += zip(map(str, own[name]), map(str, english[name]), strict=True)
    return {word: translation for word, translation in found if word != translation}


@cache
def needs_help(topic: str, scenario: str) -> bool:
    """Whether colleagues elsewhere can have a part in it: the scenario knows what they find or are asked."""
    own = script("en", topic).scenarios.get(scenario, {})
    return "found" in own or "holding" in own
