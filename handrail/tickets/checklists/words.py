"""Tasks in words."""

from datetime import datetime
from textwrap import shorten
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from handrail.tickets import events


def task_words(text: str) -> str:
    """A task as it is named in a sentence; the ticket that it may be goes unnamed."""
    return shorten(text, 80, placeholder="…") if text else _("another ticket")


def task_given(fact: events.TaskGiven, owner: str) -> SafeString:
    """owner: the name of who does it now; empty when nobody does."""
    said: dict[str, Any] = {"task": task_words(fact.text), "owner": owner}
    if not owner:
        return format_html(_("left the task <b>{task}</b> to whoever comes"), **said)
    if fact.to_agent_id == fact.by_agent_id:
        return format_html(_("took the task <b>{task}</b>"), **said)
    return format_html(_("gave the task <b>{task}</b> to <b>{owner}</b>"), **said)


def was_and_now(fact: Any, *who: str) -> tuple[str, str]:
    """A change of a checklist, a task or a due date, before and after. who: who did it, and who does."""
    match fact:
        case events.TicketDueChanged():
            return _when(fact.was), _when(fact.now)
        case events.ChecklistAdded() | events.ChecklistPutBack():
            return "", fact.title
        case events.ChecklistRemoved():
            return fact.title, ""
        case events.ChecklistRenamed():
            return fact.was, fact.title
        case events.TaskReworded():
            return fact.was, fact.text
        case events.TaskRemoved():
            return task_words(fact.text), ""
        case events.TaskAdded():
            return "", task_words(fact.text)
        case _:
            task, (was, now) = task_words(fact.text), _sides(fact, who)
            return f"{task}: {was}", f"{task}: {now}"


def _sides(fact: Any, who: tuple[str, ...]) -> tuple[str, str]:
    """What of the task changed."""
    match fact:
        case events.TaskTicked():
            return _("open"), _("done")
        case events.TaskUnticked():
            return _("done"), _("open")
        case events.TaskDueChanged():
            return _when(fact.was) or _("whenever"), _when(fact.now) or _("whenever")
        case events.TaskRequiredChanged():
            sides = _("optional"), _("required")
            return sides if fact.required else (sides[1], sides[0])
        case events.TaskMadeTicket():
            return _("a task"), _("a ticket")
        case _:
            return who[0] or _("nobody"), who[1] or _("nobody")


def _when(moment: datetime | None) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
