"""Html read as plain text: paragraphs, lists and tables keep their shape, quotations get their `>`.

Written here because the library we tried reads 1 MB of bold words in 7.5 s (time grows with the square of the
length of a line) and unescapes twice, so that a customer's `&amp;lt;b&amp;gt;` came out as a tag.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from handrail.kit.html.allowed import BLOCKS
from handrail.kit.html.cleaning import clean
from handrail.kit.text import storable, tidy_lines

# Stands on a line of its own where a marked quotation starts; a private character that no mail needs.
QUOTE_STARTS = "\ue01e"
SIGNATURE_STARTS = "\ue01f"  # … and where a marked signature does

# What the sanitiser writes: every tag well-formed, every < of the text as &lt;.
_TOKEN = re.compile(
    r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z\-]+="[^"]*")*)[^>]*>|[^<]+|<'
)
_BLANKS = re.compile("[ \t\r\n\f\v]+")
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "figure"})
_LINES = (BLOCKS | {"table", "tr", "caption"}) - {"li"}
_HIDDEN = re.compile(r' style="(?:[^"]*;)?display:none')
_DEEPEST_INDENT = 8


@dataclass(slots=True)
class _Page:
    """The lines written so far and where the reader stands in them."""

    mark_quotes: bool
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quote_depth: int = 0
    lists: list[int | None] = field(default_factory=list)  # the next number, or None for bullets
    kept_blanks: list[str] = field(default_factory=list)  # open elements whose blanks count

    def write(self, text: str) -> None:
        if self.kept_blanks:
            self._write_as_it_is(text)
            return
        text = _BLANKS.sub(" ", text)
        if not self.line or self.line[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            if self.line and _apart(self.line[-1][-1], text[0]):
                self.line.append(" ")
            self.line.append(text)

    def _write_as_it_is(self, text: str) -> None:
        first, *rest = text.split("\n")
        self.line.append(first)
        for line in rest:
            self.end_line(even_empty=True)
            self.line.append(line)

    def end_line(self, *, even_empty: bool = False) -> None:
        text = "".join(self.line).replace("\xa0", " ").rstrip()
        if text or even_empty or self.line:
            indent = "  " * min(max(len(self.lists) - 1, 0), _DEEPEST_INDENT)
            self.lines.append(f"{'>' * self.quote_depth} {text}" if self.quote_depth else indent + text)
        self.line = []

    def blank_line(self) -> None:
        """Ends the line and leaves one empty line behind it, however often it is asked to.

        A quotation does not begin with one.
        """
        self.end_line()
        empty = ">" * self.quote_depth
        if self.lines and self.lines[-1].strip() not in ("", empty) and self.lines[-1].startswith(empty):
            self.lines.append(empty)

    def end_quote(self) -> None:
        """Ends the line and the quotation, without an empty line of its own at its end."""
        self.end_line()
        empty = ">" * self.quote_depth
        if self.quote_depth and self.lines and self.lines[-1] == empty:
            self.lines[-1] = empty[1:]
        self.quote_depth = max(0, self.quote_depth - 1)


def _apart(left: str, right: str) -> bool:
    """Chinese or Japanese and Latin letters side by side in two elements: browsers set a gap between them."""
    return (left >= "\u2e80" and right.isascii() and right.isalnum()) or (
        right >= "\u2e80" and left.isascii() and left.isalnum()
    )


def text(html: str) -> str:
    """Any html as plain text; linear in its size, whatever stands in it."""
    return text_of_clean(clean(html).html)


def text_of_clean(clean_html: str, *, mark_quotes: bool = False) -> str:
    """Cleaned html as plain text; `mark_quotes`: a sign stands before each marked quotation and signature."""
    page = _Page(mark_quotes=mark_quotes)
    signs = QUOTE_STARTS in clean_html or SIGNATURE_STARTS in clean_html
    position = 0
    while token := _TOKEN.match(clean_html, position):
        position = token.end()
        if not token["name"]:
            text = token[0]
            page.write(_without_signs(unescape(text)) if "&" in text or signs else text)
        elif token["end"]:
            _close(token["name"], page)
        elif _is_hidden(token["attributes"]):
            position = _behind(token["name"], clean_html, position)
        else:
            _open(token["name"], token["attributes"], page)
    page.end_line()
    return tidy_lines(storable("\n".join(page.lines)))


def _without_signs(text: str) -> str:
    return text.replace(QUOTE_STARTS, "").replace(SIGNATURE_STARTS, "")


def _is_hidden(attributes: str) -> bool:
    return "display:none" in attributes and bool(_HIDDEN.search(attributes))


def _behind(name: str, html: str, position: int) -> int:
    """The position behind the end of the element whose start tag ended here; the end when it has none."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}[ >]").finditer(html, position):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(html)


def _open(name: str, attributes: str, page: _Page) -> None:
    if page.mark_quotes and " data-quote=" in attributes:
        page.end_line()
        page.lines.append(SIGNATURE_STARTS if '"signature"' in attributes else QUOTE_STARTS)
    if name == "br":
        page.end_line(even_empty=True)
    elif name == "li":
        page.end_line()
        page.line.append(_bullet(page.lists))
    elif name in ("td", "th"):
        _start_cell(page)
    elif name == "hr":
        page.blank_line()
        page.lines.append("-" * 20)
    elif name == "img":
        page.write(_emoji(attributes))
    elif name in _SPACED and not page.lists:
        page.blank_line()
    elif name in _LINES:
        page.end_line()
    _enter(name, attributes, page)


def _enter(name: str, attributes: str, page: _Page) -> None:
    if name in ("ul", "ol"):
        page.lists.append(1 if name == "ol" else None)
    elif name == "blockquote":
        page.quote_depth += 1
    if name == "pre" or (name != "br" and "white-space:pre" in attributes):
        page.kept_blanks.append(name)


def _close(name: str, page: _Page) -> None:
    if name in _SPACED and len(page.lists) <= 1:
        page.blank_line()
    elif name in _LINES or name == "li":
        page.end_line()
    if name in ("ul", "ol") and page.lists:
        page.lists.pop()
    elif name == "blockquote":
        page.end_quote()
    if page.kept_blanks and page.kept_blanks[-1] == name:
        page.kept_blanks.pop()


def _bullet(lists: list[int | None]) -> str:
    number = lists[-1] if lists else None
    if number is None:
        return "- "
    lists[-1] = number + 1
    return f"{number}. "


def _start_cell(page: _Page) -> None:
    if page.line and page.line[-1].strip():
        page.line.append("  ")


def _emoji(attributes: str) -> str:
    """Mail programs write emoji as pictures; their text stands in `alt`."""
    found = re.search(r' alt="([^"]{1,40})"', attributes)
    alt = unescape(found[1]) if found else ""
    return alt if 0 < len(alt) <= 8 and not alt.isascii() and not alt.isalpha() else ""
