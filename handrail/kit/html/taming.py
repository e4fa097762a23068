"""A linear pass before the sanitiser: well-formed, bounded in size, depth and attributes, free of raw text.

The sanitiser builds a tree as browsers do, and that costs depth times tags; a page of open tags takes
it seconds. This pass writes every element out properly nested and never deeper than the limits, so that
the tree behind it cannot grow beyond what is seen here. It decides nothing about safety: the sanitiser does.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape, unescape

from handrail.kit.html import allowed
from handrail.kit.html.styles import safe_style

_TOKEN = re.compile(
    r"""
    [^<]++                                             # text
  | <!--(?:-?>|.*?(?:--!?>|\Z))                        # a comment, also an unfinished one
  | <[!?][^>]*+(?:>|\Z)                                # doctype, conditional, processing instruction
  | </(?P<close>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)
  | <(?P<open>[a-zA-Z][^\s/>]*+)
     (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)(?:>|\Z)
  | </[^>]*+(?:>|\Z)                                   # a bogus comment
  | <                                                  # a bare sign
    """,
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z_:][-\w:.]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?+""",
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# An end tag reaches through these only when it is a table's own.
_WALLS = frozenset({"td", "th", "caption", "table"})
_CLOSED_BY_ITSELF = {
    "li": ({"li"}, {"ul", "ol"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "td": ({"td", "th"}, {"table"}),
    "th": ({"td", "th"}, {"table"}),
    "tr": ({"tr"}, {"table"}),
    "thead": ({"thead", "tbody", "tfoot"}, {"table"}),
    "tbody": ({"thead", "tbody", "tfoot"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tfoot"}, {"table"}),
    "a": ({"a"}, _WALLS),
}
_CLOSES_PARAGRAPH = (allowed.BLOCKS | {"hr", "table"}) - {"li", "dd", "dt"}
_REOPENED_AT_MOST = 8


@dataclass(slots=True)
class Tamed:
    """What the pass has written so far, and what it left out on the way."""

    quotes: frozenset[str]
    signatures: frozenset[str] = frozenset()
    pieces: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)  # name and start tag
    formatting: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    cut: bool = False
    flattened: bool = False
    remote_images: bool = False
    written: dict[tuple[str, str], str] = field(default_factory=dict)  # what attributes became

    @property
    def html(self) -> str:
        return "".join(self.pieces)


def tame(
    html: str, *, quotes: frozenset[str] = frozenset(), signatures: frozenset[str] = frozenset()
) -> Tamed:
    """The html well-formed and bounded.

    Elements whose class or id is in `quotes` or `signatures` get `data-quote`, "1" or "signature".
    """
    tamed = Tamed(quotes=quotes, signatures=signatures)
    if len(html) > allowed.MAX_CHARS:
        last_tag = html.rfind("<", allowed.MAX_CHARS - allowed.MAX_ATTRIBUTE, allowed.MAX_CHARS)
        html, tamed.cut = html[: last_tag if last_tag > 0 else allowed.MAX_CHARS], True
    _walk(_CONTROL.sub("", html), tamed)
    while tamed.open:
        _close_last(tamed)
    return tamed


def _walk(html: str, tamed: Tamed) -> None:
    position, unfinished = 0, set[str]()
    while position < len(html):
        token = _TOKEN.match(html, position)
        assert token is not None, "every character is matched by some branch"
        position = token.end()
        if token["open"]:
            name = token["open"].lower()
            if name in allowed.DROPPED:
                position = _end_of(name, html, position, unfinished)
            else:
                _start(allowed.RENAMED.get(name, name), token["attributes"], tamed)
        elif token["close"]:
            name = token["close"].lower()
            _end(allowed.RENAMED.get(name, name), tamed)
        elif html[token.start()] != "<":
            tamed.pieces.append(token[0])
        elif token[0] == "<":
            tamed.pieces.append("&lt;")


def _end_of(name: str, html: str, position: int, unfinished: set[str]) -> int:
    """Where the element ends whose start tag ended at `position`; without an end tag only the start goes.

    An unfinished script or style swallows the rest, as in every browser.
    """
    if name not in unfinished:
        found = re.compile(rf"(?i)</{name}(?=[\s/>])[^>]*(?:>|\Z)").search(html, position)
        if found:
            return found.end()
        unfinished.add(name)
    return len(html) if name in ("script", "style") else position


def _start(name: str, attributes: str, tamed: Tamed) -> None:
    if name not in allowed.TAGS:
        return
    _close_implied(name, tamed)
    formatting = name in allowed.FORMATTING
    if name not in allowed.VOID and (
        len(tamed.open) >= allowed.MAX_DEPTH or (formatting and tamed.formatting >= allowed.MAX_FORMATTING)
    ):
        tamed.skipped[name] = tamed.skipped.get(name, 0) + 1
        tamed.flattened = True
        return
    tag = f"<{name}{_attributes(name, attributes, tamed)}>"
    tamed.pieces.append(tag)
    if name not in allowed.VOID:
        tamed.open.append((name, tag))
        tamed.formatting += formatting


def _close_implied(name: str, tamed: Tamed) -> None:
    """A new list item ends the one before it, a block ends the open paragraph."""
    if name in _CLOSES_PARAGRAPH:
        _close_within({"p"}, _WALLS, tamed)
    rule = _CLOSED_BY_ITSELF.get(name)
    if rule:
        _close_within(rule[0], rule[1], tamed)


def _close_within(names: AbstractSet[str], walls: AbstractSet[str], tamed: Tamed) -> None:
    for index in range(len(tamed.open) - 1, -1, -1):
        name = tamed.open[index][0]
        if name in names:
            while len(tamed.open) > index:
                _close_last(tamed)
            return
        if name in walls:
            return


def _end(name: str, tamed: Tamed) -> None:
    if tamed.skipped.get(name):
        tamed.skipped[name] -= 1
        return
    if name not in allowed.TAGS or name in allowed.VOID:
        if name == "br":
            tamed.pieces.append("<br>")
        return
    walls = {"table"} - {name} if name in allowed.TABLE else _WALLS
    above = _open_above(name, walls, tamed)
    if above is None:
        return
    # `<b><div></b>` ends the bold and leaves the block open, so the block is opened again behind it.
    again = above if name in allowed.FORMATTING and len(above) <= _REOPENED_AT_MOST else []
    for _ in range(len(above) + 1):
        _close_last(tamed)
    for opened, tag in again:
        tamed.pieces.append(tag)
        tamed.open.append((opened, tag))
        tamed.formatting += opened in allowed.FORMATTING


def _open_above(name: str, walls: AbstractSet[str], tamed: Tamed) -> list[tuple[str, str]] | None:
    """The elements opened since the last open `name`; None when there is none that this end tag can reach."""
    for index in range(len(tamed.open) - 1, -1, -1):
        opened = tamed.open[index][0]
        if opened == name:
            return tamed.open[index + 1 :]
        if opened in walls:
            return None
    return None


def _close_last(tamed: Tamed) -> None:
    name, _tag = tamed.open.pop()
    tamed.formatting -= name in allowed.FORMATTING
    tamed.pieces.append(f"</{name}>")


def _attributes(name: str, attributes: str, tamed: Tamed) -> str:
    """The attributes this tag may keep, each once and quoted, with a leading blank each."""
    if not attributes.strip(" \t\r\n/"):
        return ""
    key = (name, attributes)
    if key not in tamed.written:  # newsletters write the same start tag hundreds of times
        tamed.written[key] = _attributes_anew(name, attributes, tamed)
    return tamed.written[key]


def _attributes_anew(name: str, attributes: str, tamed: Tamed) -> str:
    given: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(attributes):
        key = found[1].lower()
        if key not in given:
            given[key] = (
                unescape(found[2] or found[3] or found[4] or "") if found.end() > found.end(1) else ""
            )
    return _written(_chosen(name, given, tamed))


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())


def _chosen(name: str, given: dict[str, str], tamed: Tamed) -> dict[str, str]:
    kept: dict[str, str] = {}
    if mark := _mark(given, tamed):
        kept["data-quote"] = mark
    if name == "div" and ("bgcolor" in given or "text" in given):
        given["style"] = (
            f"background:{given.get('bgcolor')};color:{given.get('text')};{given.get('style', '')}"
        )
    for key in sorted(allowed.KEPT[name] & given.keys()):
        value = given[key][: allowed.MAX_ATTRIBUTE + 1]
        if key == "style":
            value = safe_style(value)
        elif key not in allowed.FREE_TEXT and not allowed.PLAIN.fullmatch(value):
            value = ""
        if value or key in ("alt", "nowrap", "noshade", "reversed"):
            kept[key] = value
    _keep_addresses(name, kept, tamed)
    return kept


def _mark(given: dict[str, str], tamed: Tamed) -> str:
    """What the element's names tell of it; "" when nothing."""
    if not tamed.quotes or not ("class" in given or "id" in given):
        return ""
    names = f"{given.get('class', '')} {given.get('id', '')}".split()
    if not tamed.quotes.isdisjoint(names):
        return "1"
    return "" if tamed.signatures.isdisjoint(names) else "signature"


def _keep_addresses(name: str, kept: dict[str, str], tamed: Tamed) -> None:
    """Links keep safe addresses; an image from elsewhere waits in `data-remote-src` until it is allowed."""
    if "href" in kept:
        kept["href"] = allowed.safe_link(kept["href"])
    if name == "img":
        remote = kept.pop("src", "").strip() or kept.get("data-remote-src", "").strip()
        kept.pop("data-remote-src", None)
        scheme = allowed.scheme_of(remote)
        if scheme == "cid":
            kept["src"] = remote
        elif scheme in ("http", "https") or remote.startswith("//"):
            kept["data-remote-src"] = remote if scheme else f"https:{remote}"
            tamed.remote_images = True
