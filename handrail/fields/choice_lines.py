"""The choices of a field as lines of text: “key = English | German”; of a tree the key is a path, “a/b”."""

import re
from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

from handrail.fields.field import Choice
from handrail.kit.text import one_line

MOST = 2_000
_KEY = re.compile(r"^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$")


class Unreadable(Exception):
    """args[0] says which line, and why."""


def written(choices: Iterable[Choice]) -> str:
    """The choices that are offered, as lines."""
    return "\n".join(_line(each) for each in choices if not each.retired)


def read(text: str, *, former: Iterable[Choice], tree: bool) -> list[Choice]:
    """The choices that lines stand for. Those that are no longer named are retired, not lost.

    Raises Unreadable.
    """
    lines = [one_line(line).strip() for line in text.splitlines()]
    found: dict[str, Choice] = {}
    for number, line in enumerate(filter(None, lines), start=1):
        choice = _choice(line, number)
        if choice.key in found:
            raise Unreadable(
                _("Line %(n)s: “%(key)s” stands there twice.") % {"n": number, "key": choice.key}
            )
        if "/" in choice.key and not (tree and choice.key.rpartition("/")[0] in found):
            raise Unreadable(_("Line %(n)s: write what it belongs to before it.") % {"n": number})
        found[choice.key] = choice
    if len(found) > MOST:
        raise Unreadable(_("Use at most %(most)s choices.") % {"most": MOST})
    gone = [
        Choice(key=each.key, labels=each.labels, retired=True) for each in former if each.key not in found
    ]
    return [*found.values(), *gone]


def _choice(line: str, number: int) -> Choice:
    key, equals, words = line.partition("=")
    key, words = (key.strip().lower(), words.strip()) if equals else (slugify(line.partition("|")[0]), line)
    if not _KEY.match(key) or not words:
        raise Unreadable(
            _("Line %(n)s: write “key = words”; a key has small letters, digits and hyphens.") % {"n": number}
        )
    english, _bar, german = words.partition("|")
    labels = {"en": english.strip(), "de": german.strip()}
    return Choice(key=key, labels={language: each for language, each in labels.items() if each})


def _line(choice: Choice) -> str:
    words = [choice.labels.get("en", choice.key), choice.labels.get("de", "")]
    return f"{choice.key} = {' | '.join(filter(None, words))}"
