"""Ticking off what an agent was told."""

from datetime import datetime

from django.db import transaction

from handrail.notifications.models import Notification, changed
from handrail.team.models import Agent


@transaction.atomic
def all_of(agent: Agent, *, at: datetime) -> None:
    """Mark everything the agent was told up to this moment as read; the bell falls silent everywhere."""
    if Notification.objects.filter(user_id=agent.user_id, at__lte=at).mark_read(at=at):
        changed(agent.user_id)
