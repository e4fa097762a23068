"""What this channel did about a ticket, in words for its timeline."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.channels.email.events import InvitationAnswered, InvitationAnswerWithdrawn, MailCameAlsoTo
from handrail.tickets.queries.telling import name_deed


def register() -> None:
    """Name the words of this channel's facts."""
    name_deed(InvitationAnswered, icon="calendar-check", words=_answered)
    name_deed(MailCameAlsoTo, icon="copy", words=_came_also_to)
    name_deed(InvitationAnswerWithdrawn, icon="undo-2", words=_withdrawn)


def _answered(fact: InvitationAnswered) -> SafeString:
    words = {
        "accepted": _("accepted the invitation <b>{summary}</b>"),
        "tentative": _("answered “perhaps” to the invitation <b>{summary}</b>"),
    }.get(fact.answer, _("declined the invitation <b>{summary}</b>"))
    return format_html(words, summary=fact.summary or _("An event"))


def _withdrawn(_fact: InvitationAnswerWithdrawn) -> SafeString:
    return format_html("{}", _("took the answer to the invitation back before it left"))


def _came_also_to(fact: MailCameAlsoTo) -> SafeString:
    if fact.other_number is None:
        return format_html(_("got the same mail at <b>{address}</b> too"), address=fact.address)
    words = _("got the same mail at <b>{address}</b> too: #{number}")
    return format_html(words, address=fact.address, number=fact.other_number)
