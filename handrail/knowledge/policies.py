"""May this agent do that to an article they can see? Seeing is decided by `visible_to`."""

from django.core.exceptions import PermissionDenied

from handrail.team.models import Agent


def may_read(agent: Agent) -> bool:
    """Read articles at the desk."""
    return agent.may("knowledge.read")


def may_write(agent: Agent) -> bool:
    """Write articles; of a published one, what readers see changes only when it is published again."""
    return agent.may("knowledge.write")


def may_publish(agent: Agent) -> bool:
    """Decide what readers see, and who they are."""
    return agent.may("knowledge.publish")


def demand_write(agent: Agent) -> None:
    """Raise PermissionDenied unless the agent may write."""
    if not may_write(agent):
        raise PermissionDenied


def demand_publish(agent: Agent) -> None:
    """Raise PermissionDenied unless the agent may publish."""
    if not may_publish(agent):
        raise PermissionDenied
