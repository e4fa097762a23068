"""What must be true here when something happened to a user."""

from handrail.accounts.events import UserRenamed
from handrail.events import reacts_to
from handrail.team.models import Agent


@reacts_to(UserRenamed)
def call_the_agent_so_too(event: UserRenamed) -> None:
    Agent.objects.filter(user_id=event.user_id).update(name=event.name)
