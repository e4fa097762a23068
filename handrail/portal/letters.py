"""What the portal writes to people, in the reader's language."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.letters import paragraphs
from handrail.accounts.models import Letter
from handrail.portal import links
from handrail.portal.guests import Guest, guest_at
from handrail.portal.queries import brand_name


def answer_at_the_desk(address: str, _next: str, at: datetime) -> None:
    """Somebody without an account asked at the desk's door: customers get their link to the portal."""
    if guest := guest_at(address):
        send_link(guest, brand_name=brand_name(None), next="", at=at)


def send_link(guest: Guest, *, brand_name: str, next: str, at: datetime) -> Letter:
    """A link that lets the guest in once within the hour."""
    link = links.issue(address=guest.address, next=next, at=at)
    with translation.override(guest.language):
        return Letter.write(
            kind="portal-link",
            to=guest.address,
            name=guest.name[:150],
            language=guest.language,
            subject=_("Your link to %(brand)s") % {"brand": brand_name},
            text=paragraphs(
                _("Here is the link you asked for. It shows you your requests and what became of them."),
                _("It works once, within the next hour. If you did not ask for it, leave it unused."),
            ),
            action=_("See my requests"),
            link=link,
            at=at,
        )
