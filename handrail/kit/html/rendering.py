"""Cleaned html for a page that forbids inline style: style becomes classes, pictures get their addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from handrail.kit.html.allowed import scheme_of
from handrail.kit.html.styles import safe_style

# In the sanitiser's own output every tag looks like this; a sign < in text is always written &lt;.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z\-]+="[^"]*")+>')
_ATTRIBUTE = re.compile(r' ([a-z\-]+)="([^"]*)"')
_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,5})?)(?:px|pt)?")

Address = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Markup without inline style, and the stylesheet to put beside it under the page's nonce.

    held: pictures on other servers that stayed away. fetched: those that our proxy brings.
    tracking: invisible ones, left out of the markup: all they do is to tell that a mail was read.
    """

    html: str
    css: str
    held: int = 0
    fetched: int = 0
    tracking: int = 0


@dataclass(slots=True)
class _Page:
    picture: Address
    remote: Address
    prefix: str
    classes: dict[str, str] = field(default_factory=dict)
    held: int = 0
    fetched: int = 0
    tracking: int = 0


def nowhere(_address: str) -> str | None:
    """No picture is shown."""
    return None


def render(
    clean_html: str, *, picture: Address = nowhere, remote: Address = nowhere, prefix: str = "m"
) -> Rendered:
    """What the browser gets of cleaned html.

    picture: the address of the file with this Content-ID (without `cid:`), or None when there is none.
    remote: the address of our proxy for a picture on another host; by default remote pictures stay away.
    prefix: of the class names, so that two mails can stand on one page.
    """
    page = _Page(picture=picture, remote=remote, prefix=prefix)
    html = _TAG.sub(lambda tag: _tag(tag[0], page), clean_html)
    css = "".join(f".{name}{{{style}}}" for style, name in page.classes.items())
    return Rendered(html=html, css=css, held=page.held, fetched=page.fetched, tracking=page.tracking)


def _tag(tag: str, page: _Page) -> str:
    if " style=" not in tag and not tag.startswith("<img"):
        return tag
    name = tag[1 : tag.index(" ")]
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
    if name == "img" and _only_tells(attributes):
        page.tracking += 1
        return ""
    _style_to_class(attributes, page)
    if name == "img":
        _find_picture(attributes, page)
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"


def _style_to_class(attributes: dict[str, str], page: _Page) -> None:
    """The style is checked once more: what stands in a stylesheet must not depend on who stored it."""
    style = safe_style(attributes.pop("style", ""))
    if style:
        attributes["class"] = page.classes.setdefault(style, f"{page.prefix}{len(page.classes)}")


def _only_tells(attributes: dict[str, str]) -> bool:
    """Whether nobody would see this picture on another server, were it fetched."""
    if scheme_of(attributes.get("data-remote-src", "")) not in ("http", "https"):
        return False
    style = dict(each.partition(":")[::2] for each in safe_style(attributes.get("style", "")).split(";"))
    width, height = (_points(style.get(side) or attributes.get(side, "")) for side in ("width", "height"))
    return style.get("display") == "none" or 0 in (width, height) or (width <= 2 and height <= 2)


def _points(given: str) -> float:
    """A length in points; one that is not given, or relative, is a visible one."""
    found = _LENGTH.fullmatch(given.strip())
    return float(found[1]) if found else 100.0


def _find_picture(attributes: dict[str, str], page: _Page) -> None:
    source, remote = attributes.pop("src", ""), attributes.get("data-remote-src", "")
    address = None
    if scheme_of(source) == "cid":
        address = page.picture(unescape(source.strip()[4:]))
    elif scheme_of(remote) in ("http", "https"):
        address = page.remote(remote)
        page.held, page.fetched = page.held + (not address), page.fetched + bool(address)
    if address:
        attributes.pop("data-remote-src", None)
        attributes["src"] = address
