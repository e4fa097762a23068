"""Words and sentences of a large desk: those of the demo company, and made-up names, rarer and rarer.

How often a word stands in the texts follows its rank, as in real languages.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from handrail.demo.world import names
from handrail.search.words import plain

PHRASES = Path(names.__file__).parent / "phrases"
SENTENCES = 30_000
#: Made-up names of streets, products and people, beside the words of the phrases.
RARE_WORDS = 60_000
#: The frequency of a word is one part in rank + SHIFT, to this power.
POWER, SHIFT = 1.05, 2.7
_CHOICE = re.compile(r"\{([^{}]*)\}")
_STARTS = (
    "b",
    "br",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "w",
    "z",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
_ENDS = ("", "l", "m", "n", "nd", "r", "rt", "s", "sk", "t", "x")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is read, and its words as the index knows them."""

    text: str
    plain: str


class Language:
    """What can be said in one language."""

    def __init__(self, key: str, *, seed: int) -> None:
        self.random = random.Random(f"{seed}.{key}")  # noqa: S311 - nothing is secret here
        self.lines = [line for path in sorted((PHRASES / key).glob("*.txt")) for line in _lines(path)]
        counted = Counter(re.findall(r"[^\W\d_]{2,}", " ".join(self.lines).lower()))
        ranked = [word for word, _count in counted.most_common()]
        self.rare = [self._name() for _word in range(RARE_WORDS)]
        self.words = ranked + self.rare
        self.weights = list(accumulate((rank + SHIFT) ** -POWER for rank in range(len(self.words))))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Half of them make sense."""
        return [self._phrase() if number % 2 else self._salad() for number in range(SENTENCES)]

    @cached_property
    def titles(self) -> list[Sentence]:
        return [sentence(_first(each.text, 70)) for each in self.sentences[:8_000]]

    def _phrase(self) -> Sentence:
        text = self.random.choice(self.lines)
        while (chosen := _CHOICE.sub(self._alternative, text)) != text:
            text = chosen
        return sentence(text)

    def _salad(self) -> Sentence:
        found = self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(5, 14))
        return sentence(f"{' '.join(found).capitalize()}.")

    def _alternative(self, found: "re.Match[str]") -> str:
        options = re.split(r"[|~]", found[1])
        return self.random.choice(options) if len(options) > 1 else self.random.choice(self.rare)

    def _name(self) -> str:
        syllables = self.random.randint(2, 4)
        choose = self.random.choice
        return "".join(choose(_STARTS) + choose(_MIDDLES) + choose(_ENDS) for _each in range(syllables))


def sentence(text: str) -> Sentence:
    return Sentence(text, plain(text))


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] not in "#[" and "\\" not in line]


def _first(text: str, characters: int) -> str:
    return text[:characters].rpartition(" ")[0] or text[:characters]
