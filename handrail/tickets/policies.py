"""May this agent do that to a ticket they can see? Seeing is decided by `visible_to`; this is about doing."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied

from handrail.team.models import Agent
from handrail.tickets.models import Task, View
from handrail.tickets.stages import Stage


def may_reply(agent: Agent) -> bool:
    """Answer customers, and take an answer back."""
    return agent.may("tickets.reply")


def may_open(agent: Agent) -> bool:
    """Open tickets for somebody who called or came, or to write first."""
    return agent.may("tickets.open")


def may_share_templates(agent: Agent) -> bool:
    """Write ticket templates for a team or for everybody; one's own need no right."""
    return agent.may("tickets.templates")


def may_review(agent: Agent, writer_id: UUID | None = None) -> bool:
    """Read answers before they leave; nobody's own."""
    return agent.may("tickets.review") and agent.pk != writer_id


def may_enter_time(agent: Agent) -> bool:
    """Enter the time spent on a ticket, and change what one entered."""
    return agent.may("tickets.time")


def may_note(agent: Agent) -> bool:
    """Write notes that only colleagues see."""
    return agent.may("tickets.note")


def may_write(agent: Agent) -> bool:
    """Keep a draft, of an answer or of a note."""
    return may_reply(agent) or may_note(agent)


def may_assign(agent: Agent) -> bool:
    """Give a ticket to a colleague or to another team."""
    return agent.may("tickets.assign")


def may_close(agent: Agent) -> bool:
    """End the work on a ticket and take it up again."""
    return agent.may("tickets.close")


def may_change(agent: Agent) -> bool:
    """Set the priority, put tags on and take them off."""
    return agent.may("tickets.change")


def may_merge(agent: Agent) -> bool:
    """Merge and split tickets, and take that back: it ends one and changes the other."""
    return agent.may("tickets.change") and agent.may("tickets.close")


def may_link(agent: Agent) -> bool:
    """Say what one ticket has to do with another."""
    return agent.may("tickets.change")


def may_tick(agent: Agent, task: Task) -> bool:
    """Tick a task off: whose it is, and who may change the ticket."""
    return may_change(agent) or task.owner_id == agent.pk


def may_delete(agent: Agent) -> bool:
    """Put tickets into the trash, look into it, and bring them back."""
    return agent.may("tickets.delete")


def may_see_tasks_of_teams(agent: Agent) -> bool:
    """Look at what is to do in a whole team."""
    return agent.may("team.see")


def demand(policy: Callable[[Agent], bool], agent: Agent) -> None:
    """Raise PermissionDenied unless the agent may."""
    if not policy(agent):
        raise PermissionDenied


def may_share_macros(agent: Agent) -> bool:
    """Write macros for a team or for everybody; one's own need no right."""
    return agent.may("tickets.macros")


def may_move(agent: Agent, was: Stage, now: Stage) -> bool:
    """Set the status by hand; ends, and the way back from one, are for those who may close."""
    return may_close(agent) if was.is_done or now.is_done else may_set_status(agent)


def may_set_status(agent: Agent) -> bool:
    """Move a ticket by hand to some status or other."""
    return may_change(agent) or may_close(agent)


def may_see(_agent: Agent) -> bool:
    """Whoever can see a ticket may read it."""
    return True


def may_share_views(agent: Agent) -> bool:
    """Keep views for everyone."""
    return agent.may("tickets.share_views")


def may_change_view(agent: Agent, view: View) -> bool:
    """Change and delete a view: its owner may; when the owner has left, whoever it was shared with."""
    if view.owner_id == agent.pk:
        return True
    if view.audience == View.Audience.TEAM:
        return not view.owner.user.is_active or may_share_views(agent)
    return view.audience == View.Audience.EVERYONE and may_share_views(agent)
