"""A foreign mail made ready for its frame: pictures by signed links, history folded, paper or not."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import User
from handrail.files import serving
from handrail.kit import html as markup
from handrail.kit.html.rendering import Address, Rendered, nowhere
from handrail.tickets.folding import folded
from handrail.tickets.models import Attachment, Message
from handrail.ui.reading import from_sanitiser

#: A ground of its own, other than white: such a mail is drawn for paper and would break on a dark page.
_GROUND = re.compile(
    r'(?i)(?:bgcolor="|background-color:)(?!(?:#fff(?:fff)?|white|transparent|inherit|initial|none|'
    r"rgba?\(255, ?255, ?255[^)]*\)|window)\b)"
)


@dataclass(frozen=True, kw_only=True)
class Framed:
    """What the frame gets.

    held, fetched, tracking: how many pictures on other servers stayed away, are brought by us, or were left
    out because nobody would see them. designed: the mail has a ground of its own and stays on white paper.
    """

    html: SafeString
    css: SafeString
    held: int
    fetched: int
    tracking: int
    designed: bool

    @property
    def told(self) -> str:
        """About its pictures in words; empty when there is nothing to tell."""
        return " ".join(filter(None, (self._held_words(), self._tracking_words())))

    def _held_words(self) -> str:
        if self.held:
            return _("Pictures from elsewhere are not shown.")
        return _("Pictures from elsewhere are shown; we fetched them for you.") if self.fetched else ""

    def _tracking_words(self) -> str:
        if not self.tracking:
            return ""
        words = ngettext(
            "%(num)s invisible picture that only tells that you read this was left out.",
            "%(num)s invisible pictures that only tell that you read this were left out.",
            self.tracking,
        )
        return words % {"num": self.tracking}


def framed(
    message: Message, *, viewer: User, address: str, remote: Address = nowhere, whole: bool = False
) -> Framed:
    """The html of a customer's message for one viewer.

    address: of a picture within, with TOKEN for its token. remote: of one on another server.
    whole: nothing is folded away.
    """
    rendered = _rendered(message, viewer=viewer, address=address, remote=remote)
    reply = message.reply_text if len(message.reply_text) < len(message.text) else ""
    return Framed(
        html=from_sanitiser(rendered.html if whole else folded(rendered.html, reply=reply)),
        css=from_sanitiser(rendered.css),
        held=rendered.held,
        fetched=rendered.fetched,
        tracking=rendered.tracking,
        designed=bool(_GROUND.search(rendered.css) or _GROUND.search(rendered.html)),
    )


def printed(message: Message, *, viewer: User, address: str, prefix: str) -> tuple[SafeString, SafeString]:
    """The same for paper, with nothing from elsewhere: markup, and style whose names begin with `prefix`."""
    rendered = _rendered(message, viewer=viewer, address=address, remote=nowhere, prefix=prefix)
    return from_sanitiser(rendered.html), from_sanitiser(rendered.css)


def _rendered(
    message: Message, *, viewer: User, address: str, remote: Address, prefix: str = "m"
) -> Rendered:
    pictures = dict(Attachment.objects.filter(message=message).values_list("content_id", "stored_id"))

    def picture(content_id: str) -> str | None:
        stored: UUID | None = pictures.get(content_id[:255])
        return address.replace("TOKEN", serving.sign(stored, for_user=viewer.pk)) if stored else None

    return markup.render(message.html, picture=picture, remote=remote, prefix=prefix)
