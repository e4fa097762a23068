"""A letter of the desk itself as a mail: sign-in links, invitations, news about one's account."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.accounts.models.letter import Letter
from handrail.channels.email.composing import Plan
from handrail.channels.email.header_lines import Unsendable

SENDER = "Handrail"


def plan(letter_id: UUID, *, message_id: str, at: datetime) -> Plan:
    """The mail for a letter. Raises Unsendable when it was sent or is gone."""
    letter = Letter.objects.filter(pk=letter_id, sent_at=None).first()
    if letter is None:
        raise Unsendable("The letter is gone, or was sent already.")
    return Plan(
        author=(SENDER, f"desk@{settings.MAIL_DOMAIN}"),
        to=((letter.name, letter.to),),
        subject=letter.subject,
        text="\n\n".join(filter(None, (letter.text, letter.link))),
        html=_page(letter),
        message_id=message_id,
        automatic=True,
        at=at,
    )


def was_sent(letter_id: UUID, *, at: datetime) -> None:
    """Let the letter forget what it said."""
    for letter in Letter.objects.filter(pk=letter_id, sent_at=None):
        letter.sent(at=at)


def _page(letter: Letter) -> SafeString:
    paragraphs = format_html_join("\n", "<p>{}</p>", ((text,) for text in letter.text.split("\n\n")))
    if not letter.link:
        return paragraphs
    return format_html(
        '{}\n<p><a href="{}">{}</a></p>', paragraphs, letter.link, letter.action or letter.link
    )
