"""Words as the index knows them: without case, accents and punctuation.

PostgreSQL's own parser takes every non-ASCII character for a letter under the locale we use, so that “out
stays glued to its quotation mark; therefore words are cut here, for texts and for questions alike.
"""

import re
import unicodedata

#: Of what somebody searches for, so many characters count, and so many words.
MOST_CHARACTERS, MOST_WORDS = 200, 12
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def plain(text: str) -> str:
    """The words of a text, folded, with single blanks between them: “Grüße, Öl-Ofen” → "grusse ol ofen"."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    return _BETWEEN_WORDS.sub(" ", folded).strip()


def asked_words(text: str) -> list[str]:
    """The words of what somebody searches for, as far as they count."""
    return plain(text[:MOST_CHARACTERS]).split()[:MOST_WORDS]
