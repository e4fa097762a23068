"""Where this room's pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from handrail.ui import navigation
from handrail.ui.navigation import Place

#: The heading that the rooms of tickets use too.
WORK = _("Tickets")


def register() -> None:
    """Add this room's places."""
    navigation.register(
        Place(
            region="settings",
            section=WORK,
            key="fields",
            label=_("Custom fields"),
            url_name="fields:definitions",
            icon="text-cursor-input",
            order=170,
            right="fields.manage",
            why=_("What you want to know of tickets, people and organisations beyond what is built in."),
        ),
        Place(
            region="settings",
            section=WORK,
            key="form-rules",
            label=_("Rules of forms"),
            url_name="fields:rules",
            icon="list-checks",
            order=180,
            right="fields.manage",
            why=_("Which fields show, which must be filled, and which choices there are, and when."),
        ),
    )
