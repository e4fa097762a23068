"""Which tags, attributes and addresses survive cleaning; whatever is not named here does not."""

import re

# Nothing deeper is kept: the sanitiser takes depth times tags (two seconds for 120 kB of open <div>).
MAX_DEPTH = 80
MAX_FORMATTING = 24
MAX_CHARS = 2_000_000
MAX_ATTRIBUTE = 4_000

VOID = frozenset({"br", "hr", "img", "wbr", "col"})

# Html calls these "formatting": left open they are opened again in every later paragraph.
FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
INLINE = frozenset(
    {"abbr", "bdi", "bdo", "cite", "del", "dfn", "ins", "kbd", "label", "mark", "q", "samp", "span",
     "sub", "sup", "time", "var"}
)  # fmt: skip
TABLE = frozenset({"table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "p", "pre",
     "section", "ul"}
)  # fmt: skip
TAGS = VOID | FORMATTING | INLINE | TABLE | BLOCKS

# Tags that stand for another one: a body's colours belong to the message.
RENAMED = {"body": "div", "form": "div", "dir": "ul", "menu": "ul", "listing": "pre", "xmp": "pre"}

# These go with everything inside them.
DROPPED = frozenset(
    {"script", "style", "title", "iframe", "noembed", "noframes", "svg", "math", "template", "object",
     "applet", "audio", "video", "canvas", "select", "textarea", "button", "datalist"}
)  # fmt: skip

COMMON = frozenset({"style", "dir", "lang", "title", "align", "data-quote"})
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height", "border", "hspace", "vspace", "data-remote-src"}),
    "font": frozenset({"color", "face", "size"}),
    "table": frozenset({"width", "height", "border", "cellpadding", "cellspacing", "bgcolor"}),
    "tr": frozenset({"bgcolor", "valign", "height"}),
    "td": frozenset({"bgcolor", "valign", "width", "height", "colspan", "rowspan", "nowrap"}),
    "th": frozenset({"bgcolor", "valign", "width", "height", "colspan", "rowspan", "nowrap", "scope"}),
    "col": frozenset({"width", "span"}),
    "colgroup": frozenset({"width", "span"}),
    "thead": frozenset({"valign"}),
    "tbody": frozenset({"valign"}),
    "tfoot": frozenset({"valign"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "ul": frozenset({"type"}),
    "li": frozenset({"value", "type"}),
    "hr": frozenset({"width", "size", "color", "noshade"}),
    "span": frozenset({"data-mention"}),
    "time": frozenset({"datetime"}),
}
# What our own editor alone may write: a colleague who is named in a note.
OURS = frozenset({"data-mention"})
KEPT = {tag: COMMON | ATTRIBUTES.get(tag, frozenset()) for tag in TAGS}

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ALL_SCHEMES = LINK_SCHEMES | {"cid"}

# The rest of the presentational attributes hold numbers, words and colours: nothing else passes.
PLAIN = re.compile(r"[\w#%.,\-+ ]{0,100}")
FREE_TEXT = frozenset({"title", "alt", "href", "src", "style", "data-remote-src", "data-quote"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_IGNORED_IN_ADDRESSES = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def scheme_of(address: str) -> str:
    """The scheme a browser would see, in lower case; "" for an address without one."""
    found = _SCHEME.match(_IGNORED_IN_ADDRESSES.sub("", address[:200]))
    return found.group(1).lower() if found else ""


def safe_link(address: str) -> str:
    """The address when a link in a mail may carry it, else "": foreign html has no use for relative ones."""
    address = address.strip()
    return address if scheme_of(address) in LINK_SCHEMES and len(address) <= MAX_ATTRIBUTE else ""
