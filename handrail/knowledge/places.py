"""Where this room's pages stand in the navigation, and what can be done from anywhere."""

from django.utils.translation import gettext_lazy as _

from handrail.ui import commands, navigation
from handrail.ui.navigation import Place


def register() -> None:
    """Add this room's place and commands."""
    navigation.register(
        Place(
            key="articles",
            label=_("Articles"),
            url_name="knowledge:articles",
            icon="book-open",
            right="knowledge.read",
            order=30,
        )
    )
    commands.register(
        commands.Command(
            key="articles.list",
            label=_("All articles"),
            url_name="knowledge:articles",
            icon="book-open",
            right="knowledge.read",
            hotkey="g a",
            words=_("knowledge help"),
        ),
        commands.Command(
            key="articles.new",
            label=_("Write an article"),
            url_name="knowledge:new",
            icon="book-plus",
            right="knowledge.write",
        ),
    )
