"""What our own editor wrote, made ready for where it goes: a page, a mail, or plain words.

All of it takes what `strict` let pass, and nothing else: pictures are named by their Content-ID, tables and
code carry no style of their own.
"""

import re
from html import escape, unescape
from unicodedata import east_asian_width

from handrail.kit.html.reading import text_of_clean
from handrail.kit.html.rendering import Address, nowhere, render

_PICTURE = re.compile(r"<img(?: [a-z\-]+=\"[^\"]*\")*>")
_ALT = re.compile(r' alt="([^"]*)"')
_SOURCE = re.compile(r' src="cid:([^"]*)"')
_LINK = re.compile(r"<a href=\"([^\"]*)\"[^>]*>((?:(?!</a>).)*+)</a>", re.DOTALL)
_INNER_TABLE = re.compile(r"<table>((?:(?!</?table>).)*+)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>((?:(?!</tr>).)*+)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])(?: [a-z]+=\"[^\"]*\")*>((?:(?!</t[hd]>).)*+)</t[hd]>", re.DOTALL)
#: Tables within tables beyond this stay lines of words.
_DEEPEST = 5
_WIDE = frozenset("WF")
_BORDER = "border:1px solid #9aa3ad;padding:4px 8px;text-align:start;vertical-align:top"
#: No colours of ground or letters: mail programs that turn a page dark know theirs.
_LOOKS = {
    "table": "border-collapse:collapse;margin:8px 0",
    "td": _BORDER,
    "th": f"{_BORDER};font-weight:bold",
    "pre": "border:1px solid #9aa3ad;padding:8px;white-space:pre-wrap;font-family:monospace",
    "code": "font-family:monospace",
    "img": "max-width:100%;height:auto",
    "blockquote": "margin:0 0 0 8px;padding-left:12px;border-left:2px solid #9aa3ad",
}
_LOOKED = re.compile(rf"<({'|'.join(_LOOKS)})(?=[ >])")


def pictures_in(own_html: str) -> set[str]:
    """The Content-IDs of the pictures in it."""
    return {unescape(found) for found in _SOURCE.findall(own_html)} if "cid:" in own_html else set()


def paragraphs(text: str) -> str:
    """Plain words as the editor writes them; an empty line parts two paragraphs."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts)


def for_page(own_html: str, *, picture: Address = nowhere) -> str:
    """Pictures have their addresses, or are words; tables and code can be scrolled with the keyboard."""
    html = _with_known_pictures(own_html, picture)
    html = html.replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def for_mail(own_html: str, *, pictures: frozenset[str] = frozenset()) -> str:
    """With the looks that mail programs know, which read no stylesheet. pictures: those that go with it."""
    html = _PICTURE.sub(lambda tag: tag[0] if _id_in(tag[0]) in pictures else _told(tag[0]), own_html)
    html = _LOOKED.sub(lambda tag: f'{tag[0]} style="{_LOOKS[tag[1]]}"', html)
    return re.sub(r"(<t[hd][^>]*>)<p>", r'\1<p style="margin:0">', html)


def text_of_written(own_html: str) -> str:
    """As plain words: pictures as what they show, links with their address, tables with their columns."""
    html = _PICTURE.sub(lambda tag: _told(tag[0]), own_html) if "<img" in own_html else own_html
    html = _LINK.sub(_with_address, html) if "<a " in html else html
    for _depth in range(_DEEPEST if "<table>" in html else 0):
        html, found = _INNER_TABLE.subn(lambda table: f"<pre>{escape(_aligned(table[1]))}</pre>", html)
        if not found:
            break
    return text_of_clean(html)


def _with_known_pictures(own_html: str, picture: Address) -> str:
    if "<img" not in own_html:
        return own_html
    known = _PICTURE.sub(lambda tag: tag[0] if picture(_id_in(tag[0])) else _told(tag[0]), own_html)
    return render(known, picture=picture).html


def _id_in(tag: str) -> str:
    found = _SOURCE.search(tag)
    return unescape(found[1]) if found else ""


def _told(tag: str) -> str:
    """What a picture shows, in brackets; nothing when nobody said it."""
    found = _ALT.search(tag)
    return f"<p>[{found[1]}]</p>" if found and found[1].strip() else ""


def _with_address(link: re.Match[str]) -> str:
    """Words that lead somewhere, and where to; words that are the address already stay alone."""
    words = _in_one_line(link[2])
    bare = unescape(link[1]).partition(":")[2].lstrip("/").rstrip("/")
    return link[0] if not words or words.rstrip("/").endswith(bare) else f"{link[0]} ({link[1]})"


def _aligned(rows: str) -> str:
    """The rows of a table with each column as wide as its widest cell; a line under a row of headings."""
    cells = [[(name, _in_one_line(html)) for name, html in _CELL.findall(row)] for row in _ROW.findall(rows)]
    count = max((len(row) for row in cells), default=0)
    widths = [max(_width(row[at][1]) for row in cells if at < len(row)) for at in range(count)]
    lines = []
    for row in cells:
        padded = [text + " " * (widths[at] - _width(text)) for at, (_name, text) in enumerate(row)]
        lines.append("  ".join(padded).rstrip())
        if row and all(name == "th" for name, _text in row):
            lines.append("  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _in_one_line(html: str) -> str:
    return " ".join(text_of_clean(html).split())


def _width(text: str) -> int:
    """In columns of a fixed font: Chinese and Japanese letters take two."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(sign) in _WIDE) for sign in text)
