"""What this channel did about a ticket, in words for its timeline."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.channels.email.events import InvitationAnswered, InvitationAnswerWithdrawn
from handrail.tickets.queries.telling import name_deed


def register() -> None:
    """Name the words of this channel's facts."""
    name_deed(InvitationAnswered, icon="calendar-check", words=_answered)
    name_deed(InvitationAnswerWithdrawn, icon="undo-2", words=_withdrawn)


def _answered(fact: InvitationAnswered) -> SafeString:
    words = {
        "accepted": _("accepted the invitation <b>{summary}</b>"),
        "tentative": _("answered “perhaps” to the invitation <b>{summary}</b>"),
    }.get(fact.answer, _("declined the invitation <b>{summary}</b>"))
    return format_html(words, summary=fact.summary or _("An event"))


def _withdrawn(_fact: InvitationAnswerWithdrawn) -> SafeString:
    return format_html("{}", _("took the answer to the invitation back before it left"))
