"""Merges, splits, links and names in words, as the timeline tells them."""

from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.tickets import events
from handrail.tickets.queries.links import WORDS
from handrail.tickets.queries.telling import name_deed
from handrail.tickets.reasons import words_for
from handrail.tickets.recurring.troubles import words_of
from handrail.ui.links import url
from handrail.ui.moments import day


def register() -> None:
    """Let the timeline tell these facts."""
    name_deed(events.TicketOpenedByHand, icon="plus", words=_opened)
    name_deed(events.TicketOpenedByPlan, icon="calendar-sync", words=_opened_by_plan)
    name_deed(events.RecurringMissed, icon="clock-alert", words=_not_done)
    name_deed(events.RecurringTroubled, icon="triangle-alert", words=_troubled)
    name_deed(events.TicketMerged, icon="git-merge", words=_merged)
    name_deed(events.TicketTookIn, icon="git-merge", words=_took_in)
    name_deed(events.MergeUndone, icon="undo-2", words=_stands_again)
    name_deed(events.TicketGaveBack, icon="undo-2", words=_gave_back)
    name_deed(events.TicketSplit, icon="split", words=_split)
    name_deed(events.SplitUndone, icon="undo-2", words=_split_undone)
    name_deed(events.PeopleJoined, icon="user-plus", words=_joined)
    name_deed(events.PeopleLeft, icon="user-minus", words=_left)
    name_deed(events.TicketLinked, icon="link-2", words=_linked)
    name_deed(events.TicketUnlinked, icon="unlink-2", words=_unlinked)
    name_deed(events.EndedDespite, icon="shield-alert", words=_ended_despite)
    name_deed(events.SubjectChanged, icon="pencil", words=_renamed)
    name_deed(events.TicketDeleted, icon="trash-2", words=_deleted)
    name_deed(events.TicketRestored, icon="archive-restore", words=_restored)
    name_deed(events.AnsweringChannelChanged, icon="reply", words=_answered_by)


def _opened(fact: events.TicketOpenedByHand) -> SafeString:
    words = {
        "phone": _("opened it during a call"),
        "in_person": _("opened it for somebody who came"),
        "email": _("opened it to write first"),
        "internal": _("opened it for work of our own"),
    }
    opened = words.get(fact.way, _("opened it"))
    if not fact.template:
        return format_html("{}", opened)
    return format_html(_("{opened}, from the template <b>{name}</b>"), opened=opened, name=fact.template)


def _opened_by_plan(fact: events.TicketOpenedByPlan) -> SafeString:
    words = _("opened it: recurring ticket <b>{name}</b>, for {day}")
    return format_html(words, name=fact.name, day=day(date.fromisoformat(fact.day)) if fact.day else "…")


def _not_done(fact: events.RecurringMissed) -> SafeString:
    words = _("told its owner: not done when the next one of <b>{name}</b> came, {ticket}")
    return format_html(words, name=fact.name, ticket=_to(fact.next_number))


def _troubled(fact: events.RecurringTroubled) -> SafeString:
    return format_html("{}", words_of(fact.trouble))


def _to(number: int, *, merge: bool = False) -> SafeString:
    """A link to a ticket, or to what became of it."""
    address = url("tickets:merge" if merge else "tickets:show", number=number)
    return format_html('<a href="{}">#{}</a>', address, number)


def _merged(fact: events.TicketMerged) -> SafeString:
    return format_html(_("merged it into {ticket}"), ticket=_to(fact.into_number))


def _took_in(fact: events.TicketTookIn) -> SafeString:
    """Its page has the way back."""
    ticket = _to(fact.merged_number, merge=True)
    return format_html(_("merged {ticket} into this"), ticket=ticket)


def _stands_again(fact: events.MergeUndone) -> SafeString:
    return format_html(_("took it out of {ticket} again"), ticket=_to(fact.into_number))


def _gave_back(fact: events.TicketGaveBack) -> SafeString:
    return format_html(_("took {ticket} out again"), ticket=_to(fact.merged_number))


def _split(fact: events.TicketSplit) -> SafeString:
    return format_html(_("split {ticket} off"), ticket=_to(fact.part_number))


def _split_undone(fact: events.SplitUndone) -> SafeString:
    ticket = _to(fact.part_number, merge=True)
    return format_html(_("put back what had been split off as {ticket}"), ticket=ticket)


def _joined(fact: events.PeopleJoined) -> SafeString:
    return format_html(_("let <b>{who}</b> take part"), who=", ".join(fact.addresses))


def _left(fact: events.PeopleLeft) -> SafeString:
    return format_html(_("let <b>{who}</b> take part no more"), who=", ".join(fact.addresses))


def _linked(fact: events.TicketLinked) -> SafeString:
    words: Any = {"way": WORDS[fact.way], "ticket": _to(fact.other_number)}
    return format_html(_("linked it: {way} {ticket}"), **words)


def _unlinked(fact: events.TicketUnlinked) -> SafeString:
    words: Any = {"way": WORDS[fact.way], "ticket": _to(fact.other_number)}
    return format_html(_("took a link away: {way} {ticket}"), **words)


def _ended_despite(fact: events.EndedDespite) -> SafeString:
    """Which tickets were open is not said: who reads this may not see them."""
    return format_html(_("ended it although something was open: {why}"), why=fact.why)


def _renamed(fact: events.SubjectChanged) -> SafeString:
    return format_html(_("called it <b>{subject}</b>"), subject=fact.now)


def _answered_by(fact: events.AnsweringChannelChanged) -> SafeString:
    return format_html(_("answers it by <b>{channel}</b> from now on"), channel=fact.now)


def _deleted(fact: events.TicketDeleted) -> SafeString:
    return format_html(_("deleted it: {reason}"), reason=words_for(fact.reason))


def _restored(fact: events.TicketRestored) -> SafeString:
    if fact.by_agent_id is None:
        return format_html("{}", _("brought it back out of the trash: the customer wrote again"))
    return format_html("{}", _("brought it back out of the trash"))
