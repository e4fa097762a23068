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

Address = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Markup without inline style, and the stylesheet to put beside it under the page's nonce."""

    html: str
    css: str


@dataclass(slots=True)
class _Page:
    picture: Address
    remote: Address
    classes: dict[str, str] = field(default_factory=dict)


def nowhere(_address: str) -> str | None:
    """No picture is shown."""
    return None


def render(clean_html: str, *, picture: Address = nowhere, remote: Address = nowhere) -> Rendered:
    """What the browser gets of cleaned html.

    picture: the address of the file with this Content-ID (without `cid:`), or None when there is none.
    remote: the address of our proxy for a picture on another host; by default remote pictures stay away.
    """
    page = _Page(picture=picture, remote=remote)
    html = _TAG.sub(lambda tag: _tag(tag[0], page), clean_html)
    return Rendered(html=html, css="".join(f".{name}{{{style}}}" for style, name in page.classes.items()))


def _tag(tag: str, page: _Page) -> str:
    if " style=" not in tag and not tag.startswith("<img"):
        return tag
    name = tag[1 : tag.index(" ")]
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
    _style_to_class(attributes, page)
    if name == "img":
        _find_picture(attributes, page)
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"


def _style_to_class(attributes: dict[str, str], page: _Page) -> None:
    """The style is checked once more: what stands in a stylesheet must not depend on who stored it."""
    style = safe_style(attributes.pop("style", ""))
    if style:
        attributes["class"] = page.classes.setdefault(style, f"m{len(page.classes)}")


def _find_picture(attributes: dict[str, str], page: _Page) -> None:
    source, remote = attributes.pop("src", ""), attributes.get("data-remote-src", "")
    address = None
    if scheme_of(source) == "cid":
        address = page.picture(unescape(source.strip()[4:]))
    elif scheme_of(remote) in ("http", "https"):
        address = page.remote(remote)
    if address:
        attributes.pop("data-remote-src", None)
        attributes["src"] = address
