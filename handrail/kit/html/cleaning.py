"""The sanitiser: foreign html in, html without anything active out."""

from dataclasses import dataclass

import nh3

from handrail.kit.html import allowed
from handrail.kit.html.taming import tame

_FOREIGN = nh3.Cleaner(
    tags=set(allowed.TAGS),
    clean_content_tags={"script", "style"},
    attributes={tag: set(kept) - allowed.OURS for tag, kept in allowed.KEPT.items()},
    url_schemes=set(allowed.ALL_SCHEMES),
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)

# What our own editor writes: paragraphs, marks, lists, links, code, mentions, inline pictures of the draft.
STRICT_TAGS = frozenset(
    {"p", "br", "strong", "b", "em", "i", "u", "s", "a", "ul", "ol", "li", "blockquote", "pre", "code",
     "h2", "h3", "h4", "hr", "img", "span", "table", "thead", "tbody", "tr", "th", "td"}
)  # fmt: skip
_OWN = nh3.Cleaner(
    tags=set(STRICT_TAGS),
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "ol": {"start"},
        "span": {"data-mention"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes=set(allowed.ALL_SCHEMES),
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)


@dataclass(frozen=True, kw_only=True)
class Clean:
    """Cleaned html and what a reader should be told about it."""

    html: str
    has_remote_images: bool = False
    cut: bool = False  # longer than the limit: the end is missing
    flattened: bool = False  # nested deeper than the limit: structure is missing, text is not


def clean(
    html: str, *, quotes: frozenset[str] = frozenset(), signatures: frozenset[str] = frozenset()
) -> Clean:
    """Foreign html without scripts, forms, frames, remote images, or style that could move or fetch.

    Pictures from other hosts wait in `data-remote-src`; those of the mail itself keep `cid:` until `render`.
    Elements whose class or id is in `quotes` carry `data-quote="1"`, so that a quoted history can be found;
    those in `signatures` carry `data-quote="signature"`.
    """
    tamed = tame(html, quotes=quotes, signatures=signatures)
    return Clean(
        html=_FOREIGN.clean(tamed.html).strip(),
        has_remote_images=tamed.remote_images,
        cut=tamed.cut,
        flattened=tamed.flattened,
    )


def strict(html: str) -> str:
    """Html of our own editor, reduced to what the editor can write: no style, no foreign pictures."""
    return _OWN.clean(tame(html).html).strip()
