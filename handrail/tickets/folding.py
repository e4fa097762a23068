"""Quoted history and signatures in a cleaned mail, folded behind “···” that opens without a script.

Mail programs mark what they quote; where none did, the fold begins where the words end that were newly
written. The sanitiser writes every tag well-formed and with double quotes: here it is only cut at tags.
"""

import re
from html import unescape

_MARKED = re.compile(
    r'<(div|blockquote|table|section|pre|span|p)(?: [a-z\-]+="[^"]*")* data-(quote|signature)="[^"]*"[^>]*>'
)
_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)[^>]*>|[^<]+")
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})
_OPEN = {
    "quote": "<details><summary>···</summary>",
    "signature": '<details class="sign"><summary>--</summary>',
}
#: Less than so many letters behind the new words are no history.
WORTH_FOLDING = 20
#: In a longer mail nobody looks for where the new words end.
LOOKED_AT = 400_000


def folded(html: str, *, reply: str = "") -> str:
    """The html with its history folded. reply: what was newly written, as the reader found it."""
    parts, position = [], 0
    while marked := _MARKED.search(html, position):
        end = _end_of(marked[1], html, marked.end())
        parts += [html[position : marked.start()], _OPEN[marked[2]], html[marked.start() : end], "</details>"]
        position = end
    if parts:
        return "".join([*parts, html[position:]])
    words = _letters(reply)
    return _behind_the_words(html, words) if words and len(html) < LOOKED_AT else html


def _end_of(tag: str, html: str, position: int) -> int:
    """The position behind the end tag of the element whose start tag ended here."""
    depth = 1
    for found in re.compile(rf"<(/?){tag}[ >]").finditer(html, position):
        depth += -1 if found[1] else 1
        if depth == 0:
            return html.index(">", found.start()) + 1
    return len(html)


def _behind_the_words(html: str, words: str) -> str:
    """Everything behind these words in a fold; the html as it is when they do not stand at its beginning."""
    open_tags, seen, cut = list[tuple[str, str]](), 0, 0
    for piece in _PIECE.finditer(html):
        if piece["name"] is None:
            letters = _letters(unescape(piece[0]))
            if cut and letters:
                break
            if not words.startswith(letters, seen):
                return html
            seen += len(letters)
        elif piece["end"]:
            del open_tags[-1:]
        elif cut and piece["name"] != "br":
            break
        elif piece["name"] not in _VOID:
            open_tags.append((piece["name"], piece[0]))
        if seen == len(words):
            cut = piece.end()
    return _folded_at(html, cut, open_tags) if cut else html


def _folded_at(html: str, cut: int, open_tags: list[tuple[str, str]]) -> str:
    """The elements that are open here end before the fold and begin again within it."""
    rest = html[cut:]
    if len(_letters(unescape(re.sub(r"<[^>]*>", "", rest[:20_000])))) < WORTH_FOLDING:
        return html
    ends = "".join(f"</{name}>" for name, _tag in reversed(open_tags))
    again = "".join(tag for _name, tag in open_tags)
    return f"{html[:cut]}{ends}{_OPEN['quote']}{again}{rest}</details>"


def _letters(text: str) -> str:
    """What counts when two readings of the same mail are compared."""
    return "".join(filter(str.isalnum, text)).casefold()
