"""What ties articles to tickets: the composer offers them, and what must stay is asked before words leave."""

from django.utils.translation import gettext_lazy as _

from handrail.knowledge import guarding
from handrail.tickets import inserts, leaving


def register() -> None:
    """Tell the room of tickets about articles, which it does not know."""
    leaving.register(guarding.why_not)
    inserts.register(
        inserts.Insert(
            key="articles",
            label=_("Articles"),
            command=_("Insert an article…"),
            icon="book-open",
            route="workbench:ticket-articles",
            hotkey="i",
            right="knowledge.read",
        )
    )
