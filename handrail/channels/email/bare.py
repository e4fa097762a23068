"""A bare body, without the mail around it, cut into what is new, quoted and signature."""

import re

from handrail.channels.email import limits
from handrail.channels.email.charsets import decode
from handrail.channels.email.quote_marks import QUOTE_MARKS, SIGNATURE_MARKS, normal_marks
from handrail.channels.email.replies import Trimmed, trim
from handrail.kit.html import clean, text_of_clean
from handrail.kit.text import storable

_LOOKED_AT = 50_000
_TAG = re.compile(
    r"(?i)</?(?:html|head|body|meta|style|div|p|span|table|tbody|tr|td|br|font|blockquote|center|a|b|i|u|strong|em"
    r"|ul|ol|li|img|pre|h[1-6]|hr)(?=[\s/>])[^<>]{0,2000}>"
)
_PAGE = re.compile(r"(?i)<(?:!doctype\s+html|html|body)[\s>]")
_BYTE_ORDER_MARK = "\ufeff"


def trim_bare(data: bytes) -> Trimmed:
    """The pieces of a plain text or an html page; which of the two it is, its content tells."""
    text = storable(decode(data[: limits.HTML_BYTES], None).text).removeprefix(_BYTE_ORDER_MARK)[
        : limits.TEXT_CHARS
    ]
    if not is_html(text):
        return trim(text)
    cleaned = clean(normal_marks(text), quotes=QUOTE_MARKS, signatures=SIGNATURE_MARKS)
    return trim(text_of_clean(cleaned.html, mark_quotes=True))


def is_html(text: str) -> bool:
    """It starts with a tag or names itself a page, or it has tags on every other line."""
    start = text[:_LOOKED_AT]
    if _TAG.match(start.lstrip()) or _PAGE.search(start[:1_000]):
        return True
    lines = sum(1 for line in start.split("\n") if line.strip())
    tags = sum(1 for _tag in _TAG.finditer(start))
    return tags >= 3 and 2 * tags >= lines and "```" not in start
