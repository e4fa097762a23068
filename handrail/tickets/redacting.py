"""Card numbers, bank accounts and secret keys in what arrives: told, or masked before it is kept.

What is masked stands nowhere but in the bytes as they came, which only those read who look after mail: not in
the ticket, not in a list, not in the search.
"""

import re
from dataclasses import replace

from handrail.accounts.models import Brand
from handrail.kit import sensitive
from handrail.tickets.inbound import Inbound

#: Between two tags of cleaned html. Numbers that markup divides are found in the text and not here.
_WORDS = re.compile(r"(?<=>)[^<]+|^[^<]+")


def redacted(inbound: Inbound, *, brand: Brand) -> Inbound:
    """The message as this brand keeps it."""
    if brand.masking == Brand.Masking.OFF:
        return inbound
    text, kinds = sensitive.masked(inbound.text)
    subject, more = sensitive.masked(inbound.subject)
    if not kinds | more:
        return inbound
    told = {"sensitive": sorted(kinds | more), "masked": brand.masking == Brand.Masking.MASK}
    marked = replace(inbound, extras={**inbound.extras, "redaction": told})
    return _masked(marked, text=text, subject=subject) if told["masked"] else marked


def _masked(inbound: Inbound, *, text: str, subject: str) -> Inbound:
    inside = inbound.extras.get("inside")
    kept = {**inbound.extras, "inside": sensitive.masked(inside)[0]} if isinstance(inside, str) else None
    return replace(
        inbound,
        text=text,
        subject=subject,
        reply_text=sensitive.masked(inbound.reply_text)[0],
        html=_masked_html(inbound.html) if inbound.html else inbound.html,
        extras=kept or inbound.extras,
    )


def _masked_html(html: str) -> str:
    return _WORDS.sub(lambda words: sensitive.masked(words[0])[0], html)
