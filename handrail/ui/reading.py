"""Plain text as safe html: everything escaped first, then web addresses become links."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from handrail.kit import html as markup
from handrail.kit.html.rendering import Address, nowhere

_ADDRESS = re.compile(
    r"https?://[^\s<>\"'`{}|\\^\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069]{1,2000}", re.I
)
_NOT_AT_THE_END = ".,;:!?…*_~"
_PAIRS = {")": "(", "]": "["}


def as_html(text: str) -> SafeString:
    """The text with links for http and https; newlines stay, the style keeps them."""
    parts, position = [], 0
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found[0])
        end = found.start() + len(address)
        parts += [escape(text[position : found.start()]), _link(address)]
        position = end
    return format_html_join("", "{}", ((part,) for part in [*parts, text[position:]]))


def own_words(html: str, *, picture: Address = nowhere) -> SafeString:
    """What a colleague wrote in our editor: reduced once more to what the editor can write, links apart.

    picture: the address of the one with this Content-ID; without one its words stand there.
    """
    shown = markup.for_page(markup.strict(html), picture=picture)
    return from_sanitiser(shown.replace("<a href=", '<a target="_blank" href='))


def from_sanitiser(html: str) -> SafeString:
    """What the sanitiser wrote, marked as safe to show. Nothing else may ever be passed in."""
    return mark_safe(html)  # noqa: S308


def _link(address: str) -> SafeString:
    return format_html('<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{0}</a>', address)


def _trimmed(address: str) -> str:
    """Without the full stop or bracket that belongs to the sentence."""
    while address:
        last = address[-1]
        opens = _PAIRS.get(last)
        if last in _NOT_AT_THE_END or (opens and address.count(last) > address.count(opens)):
            address = address[:-1]
        else:
            break
    return address
