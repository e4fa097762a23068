"""Where this room's pages stand in the navigation, and what can be done from anywhere."""

from django.utils.translation import gettext_lazy as _

from handrail.ui import commands, navigation


def register() -> None:
    """Add this room's place and commands."""
    navigation.register(
        navigation.Place(
            key="inbox",
            label=_("Inbox"),
            url_name="workbench:inbox",
            icon="inbox",
            right="tickets.note",
            order=10,
        )
    )
    commands.search_with("workbench:jump")
    commands.register(
        commands.Command(
            key="inbox.mine",
            label=_("My open tickets"),
            url_name="workbench:inbox",
            icon="user-round",
            hotkey="g m",
        ),
        commands.Command(
            key="inbox.search",
            label=_("Search tickets"),
            url_name="workbench:search",
            icon="search",
            hotkey="g s",
        ),
        commands.Command(
            key="inbox.views",
            label=_("All views"),
            url_name="workbench:views",
            icon="list",
            hotkey="g v",
        ),
        commands.Command(
            key="inbox.new-view", label=_("New view"), url_name="workbench:new-view", icon="bookmark-plus"
        ),
    )
