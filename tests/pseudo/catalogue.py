"""The catalogue of the language that nobody speaks, made from the words that our own catalogues know."""

import re
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from handrail.kit.settings import CHECKOUT

OURS = CHECKOUT / "handrail/locale/de/LC_MESSAGES/django.po"
DJANGOS = Path(django.__file__).parent / "conf/locale/de/LC_MESSAGES/django.po"
ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒğĥíĵķĺɱñóƥɋŕšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶĹṀÑÓƤɊŔŠŢÚṼŴẊÝŽ",
)
#: What a sentence holds besides words: places for values, mark-up, names of keys and fields.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\{?[^}]*\}?\}|</?\w[^>]*>|&\w+;|`[^`]*`|https?://\S+)")
RIGHT_TO_LEFT_MARK = "\u200f"


def pseudo(words: str) -> str:
    """Each word accented and a third longer; values and mark-up stay."""
    pieces = KEPT.split(words)
    pieces[::2] = [re.sub(r"[A-Za-z]+", _longer, piece) for piece in pieces[::2]]
    return RIGHT_TO_LEFT_MARK + "".join(pieces) if words.strip() else words


def _longer(found: re.Match[str]) -> str:
    word = found.group().translate(ACCENTED)
    return word + word[-1] * round(len(word) / 3)


def write_catalogue(folder: Path, code: str) -> None:
    """All words of ours and of Django in that language, where Django looks for them."""
    made = Catalog(locale="en")
    for file in (DJANGOS, OURS):
        with file.open("rb") as known:
            for message in read_po(known):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = tuple(pseudo(str(each)) for each in ids)
                if message.id:
                    made.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "django.mo").open("wb") as output:
        write_mo(output, made)
