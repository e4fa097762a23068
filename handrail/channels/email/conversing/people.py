"""Who writes in these mails: whom an introduction means, and what the program of a person names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from handrail.channels.email.conversing.introductions import Introduction
from handrail.channels.email.conversing.letters import Letter
from handrail.channels.email.conversing.naming import Naming

#: So many words of a name are looked for, the longest name first.
_LONGEST_NAME = 5


class People:
    """Everybody who wrote one of the letters."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        self.namings = defaultdict[str, Counter[Naming]](Counter)
        self.named = defaultdict[tuple[str, ...], set[str]](set)
        for letter in letters:
            self.namings[letter.author][letter.naming] += 1
            if len(letter.name) > 1:
                self.named[letter.name].add(letter.author)

    def meant_by(self, told: Introduction, *, to: Letter) -> frozenset[str]:
        """The addresses of whom an introduction names; several where several share the name.

        to: the letter that stands below; "you wrote" means whom it was written to.
        """
        known = told.addresses & self.namings.keys()
        return frozenset(known or self._by_name(told.words) or self._you(told.words, to) or told.addresses)

    def _by_name(self, words: Sequence[str]) -> set[str]:
        for length in range(_LONGEST_NAME, 1, -1):
            for start in range(len(words) - length + 1):
                if found := self.named.get(tuple(words[start : start + length])):
                    return found
        return set()

    def _you(self, words: Sequence[str], to: Letter) -> set[str]:
        addressed = re.search(r"\byou (?:wrote|said|write)\b", " ".join(words))
        return set(to.people & self.namings.keys()) if addressed else set()

    def naming_of(self, authors: Iterable[str]) -> Naming:
        """What their program names; everything, where nobody is known."""
        used = sum((self.namings[each] for each in authors if each in self.namings), Counter[Naming]())
        return used.most_common(1)[0][0] if used else Naming.ALL
