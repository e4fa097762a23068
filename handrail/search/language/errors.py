"""What is wrong with a question, and at which of its words."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _


class Malformed(Exception):
    """A question that cannot be understood. It says where: text[start:end] is the wrong word.

    said: what is wrong and what was expected, in the reader's language. nearest: the known word that was
    probably meant, or nothing.
    """

    def __init__(self, said: str, *, start: int, end: int, nearest: str = "") -> None:
        super().__init__(said)
        self.said, self.start, self.end, self.nearest = said, start, end, nearest

    @property
    def advice(self) -> str:
        """All that can be said: what is wrong, and what was probably meant."""
        if not self.nearest:
            return self.said
        return f"{self.said} {_('Did you mean “%(word)s”?') % {'word': self.nearest}}"


def nearest_to(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one; nothing when none does."""
    found = get_close_matches(word.lower()[:50], list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
