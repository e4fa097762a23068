"""Checklists, tasks and due dates in words, as the timeline tells them; tickets that tasks are go unnamed."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.tickets import events
from handrail.tickets.checklists.words import task_words
from handrail.tickets.queries.telling import name_deed
from handrail.ui.moments import exact


def register() -> None:
    """Let the timeline tell these facts."""
    name_deed(events.TicketDueChanged, icon="calendar-clock", words=_due)
    name_deed(events.ChecklistAdded, icon="list-checks", words=_added)
    name_deed(events.ChecklistRenamed, icon="list-checks", words=_renamed)
    name_deed(events.ChecklistRemoved, icon="list-x", words=_list_removed)
    name_deed(events.ChecklistPutBack, icon="undo-2", words=_list_back)
    name_deed(events.TaskAdded, icon="list-plus", words=_task_added)
    name_deed(events.TaskReworded, icon="pencil", words=_reworded)
    name_deed(events.TaskRemoved, icon="list-x", words=_removed)
    name_deed(events.TaskPutBack, icon="undo-2", words=_back)
    name_deed(events.TaskTicked, icon="square-check", words=_ticked)
    name_deed(events.TaskUnticked, icon="square", words=_unticked)
    name_deed(events.TaskDueChanged, icon="calendar-clock", words=_task_due)
    name_deed(events.TaskRequiredChanged, icon="list-checks", words=_demanded)
    name_deed(events.TaskMadeTicket, icon="ticket-plus", words=_made_ticket)
    name_deed(events.TaskTakenBack, icon="undo-2", words=_taken_back)


def _due(fact: events.TicketDueChanged) -> SafeString:
    if fact.now is None:
        return format_html("{}", _("took the due date away"))
    return format_html(_("set the due date to <b>{when}</b>"), when=exact(fact.now))


def _added(fact: events.ChecklistAdded) -> SafeString:
    if not fact.texts:
        return format_html(_("put on the checklist <b>{title}</b>"), title=fact.title)
    words = ngettext(
        "put on the checklist <b>{title}</b> with {num} task",
        "put on the checklist <b>{title}</b> with {num} tasks",
        len(fact.texts),
    )
    return format_html(words, title=fact.title, num=len(fact.texts))


def _renamed(fact: events.ChecklistRenamed) -> SafeString:
    return format_html(_("called a checklist <b>{title}</b>"), title=fact.title)


def _list_removed(fact: events.ChecklistRemoved) -> SafeString:
    return format_html(_("took off the checklist <b>{title}</b>"), title=fact.title)


def _list_back(fact: events.ChecklistPutBack) -> SafeString:
    return format_html(_("put the checklist <b>{title}</b> back"), title=fact.title)


def _task_added(fact: events.TaskAdded) -> SafeString:
    return format_html(_("added the task <b>{task}</b>"), task=task_words(fact.text))


def _reworded(fact: events.TaskReworded) -> SafeString:
    return format_html(_("reworded a task: <b>{task}</b>"), task=task_words(fact.text))


def _removed(fact: events.TaskRemoved) -> SafeString:
    return format_html(_("took off the task <b>{task}</b>"), task=task_words(fact.text))


def _back(fact: events.TaskPutBack) -> SafeString:
    return format_html(_("put the task <b>{task}</b> back"), task=task_words(fact.text))


def _ticked(fact: events.TaskTicked) -> SafeString:
    by_itself = fact.by_agent_id is None
    words = _("ticked off <b>{task}</b>: that ticket is done") if by_itself else _("ticked off <b>{task}</b>")
    return format_html(words, task=task_words(fact.text))


def _unticked(fact: events.TaskUnticked) -> SafeString:
    return format_html(_("opened <b>{task}</b> again"), task=task_words(fact.text))


def _task_due(fact: events.TaskDueChanged) -> SafeString:
    if fact.now is None:
        return format_html(_("took the date of <b>{task}</b> away"), task=task_words(fact.text))
    said: dict[str, Any] = {"task": task_words(fact.text), "when": exact(fact.now)}
    return format_html(_("made <b>{task}</b> due <b>{when}</b>"), **said)


def _demanded(fact: events.TaskRequiredChanged) -> SafeString:
    words = _("made <b>{task}</b> required") if fact.required else _("made <b>{task}</b> optional")
    return format_html(words, task=task_words(fact.text))


def _made_ticket(fact: events.TaskMadeTicket) -> SafeString:
    return format_html(_("made a ticket of <b>{task}</b>"), task=task_words(fact.text))


def _taken_back(fact: events.TaskTakenBack) -> SafeString:
    return format_html(_("made <b>{task}</b> a task of this ticket alone again"), task=task_words(fact.text))
