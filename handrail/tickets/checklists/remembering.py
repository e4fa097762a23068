"""How the tasks of a ticket stood at any moment, told from its facts alone."""

from dataclasses import dataclass, replace
from uuid import UUID

from handrail.events import Fact
from handrail.tickets import events


@dataclass(frozen=True, kw_only=True)
class RememberedTask:
    """A task at a moment. text: empty where it was another ticket. gone: taken off, “task” or “list”."""

    id: UUID
    checklist_id: UUID
    text: str
    done: bool = False
    gone: str = ""


def tasks_then(tasks: tuple[RememberedTask, ...], fact: Fact) -> tuple[RememberedTask, ...]:
    """The tasks after this fact."""
    match fact:
        case events.ChecklistAdded():
            new = zip(fact.task_ids, fact.texts, strict=True)
            listed = fact.checklist_id
            return (*tasks, *(RememberedTask(id=key, checklist_id=listed, text=text) for key, text in new))
        case events.TaskAdded():
            added = RememberedTask(id=fact.task_id, checklist_id=fact.checklist_id, text=fact.text)
            return (*tasks, added)
        case events.ChecklistRemoved() | events.ChecklistPutBack():
            return tuple(_with_list(task, fact) for task in tasks)
        case events.TaskFact():
            return tuple(_then(task, fact) if task.id == fact.task_id else task for task in tasks)
        case _:
            return tasks


def standing(tasks: tuple[RememberedTask, ...]) -> tuple[RememberedTask, ...]:
    """Those that were there."""
    return tuple(task for task in tasks if not task.gone)


def _with_list(
    task: RememberedTask, fact: "events.ChecklistRemoved | events.ChecklistPutBack"
) -> RememberedTask:
    if task.checklist_id != fact.checklist_id or task.gone == "task":
        return task
    return replace(task, gone="list" if isinstance(fact, events.ChecklistRemoved) else "")


def _then(task: RememberedTask, fact: Fact) -> RememberedTask:
    match fact:
        case events.TaskReworded():
            return replace(task, text=fact.text)
        case events.TaskTicked():
            return replace(task, done=True)
        case events.TaskUnticked() | events.TaskTakenBack():
            return replace(task, done=False)
        case events.TaskRemoved():
            return replace(task, gone="task")
        case events.TaskPutBack():
            return replace(task, gone="")
        case _:
            return task
