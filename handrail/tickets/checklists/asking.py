"""Due dates and tasks in the language of filters."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.search.language import Term, Value, either
from handrail.search.language.fields import moment
from handrail.search.language.values import age
from handrail.tickets.models import Checklist, Task
from handrail.tickets.models.categories import LIVE

DUE_WORDS: dict[str, str | Promise] = {
    "overdue": _("past, and still work"),
    "none": _("no due date"),
    "any": _("some due date"),
    "today": "",
    "tomorrow": "",
    "this-week": "",
    "next-week": "",
}
TASK_WORDS: dict[str, str | Promise] = {
    "open": _("some are open"),
    "mine": _("some of yours are open"),
    "overdue": _("some are past their date"),
    "done": _("there are some, and all are done"),
}
_LOOKUPS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte", ":": "lte"}
_by_day = moment("due_at")


def due(term: Term, asker: Any) -> Q:
    """overdue, none, any; a length lies ahead: “<3d” is due within three days; else a day as elsewhere."""
    if term.operator == ":":
        return either(_is_due(term, value, asker) for value in term.values)
    length = age(term.value.text)
    if length is None:
        return _by_day(term, asker)
    return Q(**{f"due_at__{_LOOKUPS[term.operator]}": asker.now + length})


def _is_due(term: Term, value: Value, asker: Any) -> Q:
    word = value.text.lower()
    if word == "overdue":
        return Q(due_at__lt=asker.now, status__in=LIVE)
    if word in ("none", "any"):
        return Q(due_at__isnull=word == "none")
    if not value.is_range and (length := age(word)) is not None:
        return Q(due_at__gte=asker.now, due_at__lte=asker.now + length)
    return _by_day(replace(term, values=(value,)), asker)


def _tasks(**columns: Any) -> Exists:
    return Exists(Task.objects.standing().filter(checklist__ticket=OuterRef("pk"), **columns).order_by())


#: The values of `tasks:`.
TASKS: dict[str, Callable[[Any], Q]] = {
    "open": lambda _asker: Q(_tasks(done_at=None)),
    "mine": lambda asker: Q(_tasks(done_at=None, owner=asker.agent_id)),
    "overdue": lambda asker: Q(_tasks(done_at=None, due_at__lt=asker.now)),
    "done": lambda _asker: Q(_tasks()) & ~Q(_tasks(done_at=None)),
}


def with_checklist(_asker: Any) -> Q:
    """A checklist is on it."""
    return Q(Exists(Checklist.objects.standing().filter(ticket=OuterRef("pk")).order_by()))
