"""Where this room's pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from handrail.accounts.places import HOUSE
from handrail.ui import navigation
from handrail.ui.navigation import Place


def register() -> None:
    """Add this room's places."""
    navigation.register(
        Place(
            region="settings",
            section=HOUSE,
            key="colleagues",
            label=_("Colleagues"),
            url_name="team:colleagues",
            icon="users",
            order=100,
            right="accounts.manage",
            why=_("Invite people, give them a role, brands and teams, or shut them out."),
        ),
        Place(
            region="settings",
            section=HOUSE,
            key="teams",
            label=_("Teams"),
            url_name="team:teams",
            icon="network",
            order=110,
            right="accounts.manage",
            why=_("Groups of colleagues of one brand who share a queue."),
        ),
    )
