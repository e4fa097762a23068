"""Words that admins give in several languages."""

from collections.abc import Mapping

from django.utils.translation import get_language


def words_in(known: Mapping[str, str], *, otherwise: str = "") -> str:
    """The words in the reader's language, else in English, else in whichever there are."""
    language = (get_language() or "en").partition("-")[0]
    for each in (language, "en", *known):
        if found := known.get(each, ""):
            return found
    return otherwise
