"""A letter of the desk itself as a mail: sign-in links, invitations, news about one's account."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from handrail.accounts.models import Letter
from handrail.channels.email.composing import Plan
from handrail.channels.email.header_lines import Unsendable

SENDER = "Handrail"


def plan(letter_id: UUID, *, message_id: str, at: datetime) -> Plan:
    """The mail for a letter. Raises Unsendable when it was sent or is gone."""
    letter = Letter.objects.filter(pk=letter_id, sent_at=None).first()
    if letter is None:
        raise Unsendable("The letter is gone, or was sent already.")
    inputs = {"letter": letter, "subject": letter.subject, "paragraphs": letter.text.split("\n\n")}
    with translation.override(letter.language or "en"):
        text, html = (render_to_string(f"email/mail/letter.{kind}", inputs) for kind in ("txt", "html"))
    return Plan(
        author=(SENDER, f"desk@{settings.MAIL_DOMAIN}"),
        to=((letter.name, letter.to),),
        subject=letter.subject,
        text=text,
        html=html,
        message_id=message_id,
        automatic="auto-generated",
        at=at,
    )


def was_sent(letter_id: UUID, *, at: datetime) -> None:
    """Let the letter forget what it said."""
    for letter in Letter.objects.filter(pk=letter_id, sent_at=None):
        letter.sent(at=at)
