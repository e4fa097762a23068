"""How mail programs mark the quoted history in their html."""

import re

# Classes and ids of the element that holds the quotation, or after which it starts.
QUOTE_MARKS = frozenset(
    {
        "gmail_quote", "gmail_quote_container", "gmail_extra_quote", "gmail_attr",  # Gmail
        "moz-cite-prefix", "moz-forward-container", "mail-quote", "mailQuote",  # Thunderbird, Apple
        "divRplyFwdMsg", "appendonsend", "divRpF", "OLK_SRC_BODY_SECTION",
        "mail-editor-reference-message-container", "ms-outlook-mobile-reference-message",
        "OutlookMessageHeader", "x_divRplyFwdMsg", "x_gmail_quote",  # Outlook
        "yahoo_quoted", "yahooQuoted", "yahoo-quoted-begin", "y_msg_container",  # Yahoo
        "protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr", "hmmessage_quote",
        "quote-header", "gmx_quote", "reply-intro", "replyHeader", "isForwardContent", "isReplyContent",
        "WordSection1_quote", "wd-quote", "front-blockquote", "quoted-text", "bloop_original_html",
        "cite-body", "spike_quote", "airmail_ext_on", "iosymail_quote", "ydp_quote", "BeginQuote",
    }
)  # fmt: skip
# Classes and ids of the element that holds the signature.
SIGNATURE_MARKS = frozenset(
    {
        "gmail_signature", "gmail_signature_prefix", "moz-signature", "Signature", "x_Signature", "signature",
        "ms-outlook-mobile-signature", "x_ms-outlook-mobile-signature", "protonmail_signature_block",
        "composer_signature", "AppleMailSignature", "front-signature", "bloop_sign", "tutanota_signature",
        "mail-signature", "email-signature", "zimbra_signature", "yahoo_signature", "edo-signature",
        "LPSignature", "superhuman-signature", "spark_signature", "iosymail_signature", "pre-signature",
    }
)  # fmt: skip
# Outlook for desktop has no name for it, only a line above the header of the quoted mail; the sanitiser
# knows classes only, so the line gets one.
_OUTLOOK_LINE = re.compile(
    r"""<div\s+style\s*=\s*(["'])(?=[^"'>]*border-top\s*:\s*solid\s+\#(?:E1E1E1|B5C4DF|CCCCCC)\s)"""
    r"""[^"'>]*\1""",
    re.I,
)


# Spark, GMX and Zimbra name it by attributes that are neither class nor id.
_NAMED = re.compile(
    r"""<div\s+(?=[^<>]{0,400}?\b(?:name|data-marker)\s*=\s*["'](?:messageReplySection|quote|__QUOTED_TEXT__)["'])""",
    re.I,
)


def normal_marks(html: str) -> str:
    """The html with marks that are no class or id turned into one."""
    if "messageReplySection" in html or "__QUOTED_TEXT__" in html or 'name="quote"' in html:
        html = _NAMED.sub('<div class="quoted-text" ', html)
    if "border-top" not in html:
        return html
    return _OUTLOOK_LINE.sub(lambda found: f'<div class="OutlookMessageHeader" {found[0][5:]}', html)
