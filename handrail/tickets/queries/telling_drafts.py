"""What happened to shared drafts, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.events import Fact
from handrail.tickets.events import (
    DraftShared,
    DraftTakenBack,
    ReviewApproved,
    ReviewAsked,
    ReviewCalledOff,
    ReviewSentBack,
    SharedDraftSent,
    SharedDraftWritten,
)

Teller = Callable[[Any, Any], SafeString]


def _shared(_fact: DraftShared, _names: Any) -> SafeString:
    return format_html("{}", _("shared a draft"))


def _written(fact: SharedDraftWritten, names: Any) -> SafeString:
    if fact.of_agent_id == fact.by_agent_id:
        return format_html("{}", _("went on with the shared draft"))
    return format_html(_("wrote in the draft of <b>{who}</b>"), who=names.who(fact.of_agent_id))


def _taken_back(_fact: DraftTakenBack, _names: Any) -> SafeString:
    return format_html("{}", _("shares the draft no more"))


def _sent(fact: SharedDraftSent, names: Any) -> SafeString:
    if fact.of_agent_id == fact.by_agent_id:
        return format_html("{}", _("sent the shared draft"))
    return format_html(_("sent the draft of <b>{who}</b>"), who=names.who(fact.of_agent_id))


def _asked(_fact: ReviewAsked, _names: Any) -> SafeString:
    return format_html("{}", _("asked for a review of an answer"))


def _approved(fact: ReviewApproved, names: Any) -> SafeString:
    words = _("changed and approved the answer of <b>{who}</b>")
    if not fact.changed:
        words = _("approved the answer of <b>{who}</b>")
    return format_html(words, who=names.who(fact.of_agent_id))


def _sent_back(fact: ReviewSentBack, names: Any) -> SafeString:
    words = _("sent the answer back to <b>{who}</b>: {comment}")
    return format_html(words, who=names.who(fact.of_agent_id), comment=fact.comment)


def _called_off(_fact: ReviewCalledOff, _names: Any) -> SafeString:
    return format_html("{}", _("took the answer back before its review"))


TELLERS: dict[type[Fact], tuple[str, Teller]] = {
    DraftShared: ("users-round", _shared),
    SharedDraftWritten: ("pencil", _written),
    DraftTakenBack: ("user-round", _taken_back),
    SharedDraftSent: ("reply", _sent),
    ReviewAsked: ("eye", _asked),
    ReviewApproved: ("circle-check", _approved),
    ReviewSentBack: ("undo-2", _sent_back),
    ReviewCalledOff: ("undo-2", _called_off),
}
