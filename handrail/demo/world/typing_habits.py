"""How people really type: carefully, or in a hurry with small letters and slips."""

from __future__ import annotations

import re
from random import Random

_SENTENCE_START = re.compile(r"(?:[.!?] |\n)[a-zà-öø-ÿœšžčąćęłńśźż]")
#: A word of some length that is no part of an address: those are filled in by the machine.
_WORD = re.compile(r"(?<![\w@.-])[a-zäöüéèàß]{5,}(?![\w@-]|\.\w)")
#: Whoever takes less care than this slips now and then; below the second, capitals go as well.
SLIPS_BELOW, SMALL_BELOW = 0.5, 0.36


def as_typed(text: str, care: float, dice: Random) -> str:
    """The text as somebody with this much care would have typed it."""
    if care < SMALL_BELOW and dice.random() < 0.5:
        return _slipped(text.lower().replace("’", "'"), dice) if dice.random() < 0.7 else text.lower()
    text = with_capitals(text)
    if care < SLIPS_BELOW:
        return _slipped(text.replace("’", "'").replace("“", '"').replace("”", '"'), dice)
    return text if care > 0.8 else text.replace("’", "'")


def with_capitals(text: str) -> str:
    """Each sentence and each line begins with a capital letter."""
    return text[:1].upper() + _SENTENCE_START.sub(lambda found: found.group().upper(), text[1:])


def _slipped(text: str, dice: Random) -> str:
    """One slip or two: letters swapped or left out, a full stop forgotten."""
    words = list(_WORD.finditer(text))
    for _ in range(1 + int(dice.random() * 1.7)):
        if not words:
            break
        found = words.pop(int(dice.random() * len(words)))
        word, place = found.group(), 1 + int(dice.random() * (len(found.group()) - 3))
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        short = word[:place] + word[place + 1 :]
        text = text.replace(word, swapped if dice.random() < 0.6 else short, 1)
    return text[:-1] if text.endswith(".") and dice.random() < 0.5 else text
