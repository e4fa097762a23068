"""A foreign mail made ready for its frame: pictures by signed links, quoted history folded away."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from handrail.accounts.models import User
from handrail.files import serving
from handrail.kit import html as markup
from handrail.tickets.models import Attachment, Message
from handrail.tickets.queries.reading import from_sanitiser

# The sanitiser writes every tag in this form, well-formed and with double quotes.
_QUOTE = re.compile(r'<(div|blockquote|table|section|pre)(?: [a-z\-]+="[^"]*")* data-quote="[^"]*"[^>]*>')
_REMOTE = re.compile(r' data-remote-src="')


@dataclass(frozen=True, kw_only=True)
class Framed:
    """What the frame gets. remote_pictures: how many pictures on other hosts were not fetched."""

    html: SafeString
    css: SafeString
    remote_pictures: int


def framed(message: Message, *, viewer: User, address: str) -> Framed:
    """The html of a customer's message for one viewer. address: of a picture, with TOKEN for its token."""
    pictures = dict(Attachment.objects.filter(message=message).values_list("content_id", "stored_id"))

    def picture(content_id: str) -> str | None:
        stored: UUID | None = pictures.get(content_id[:255])
        return address.replace("TOKEN", serving.sign(stored, for_user=viewer.pk)) if stored else None

    rendered = markup.render(message.html, picture=picture)
    return Framed(
        html=from_sanitiser(_folded(rendered.html)),
        css=from_sanitiser(rendered.css),
        remote_pictures=len(_REMOTE.findall(rendered.html)),
    )


def _folded(html: str) -> str:
    """Each outermost quoted part behind a “···” that opens without script."""
    parts, position = [], 0
    while quote := _QUOTE.search(html, position):
        end = _end_of(quote[1], html, quote.end())
        parts += [html[position : quote.start()], "<details><summary>···</summary>"]
        parts += [html[quote.start() : end], "</details>"]
        position = end
    return "".join([*parts, html[position:]])


def _end_of(tag: str, html: str, position: int) -> int:
    """The position behind the end tag of the element whose start tag ended here."""
    depth = 1
    for found in re.compile(rf"<(/?){tag}[ >]").finditer(html, position):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    return len(html)
