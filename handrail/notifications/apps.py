"""The room that tells colleagues."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "handrail.notifications"
    label = "notifications"

    def ready(self) -> None:
        from handrail.events.live import gates  # app ready
        from handrail.notifications import watching  # app ready
        from handrail.ui import commands, navigation  # app ready

        gates.gate("user", watching.may_watch_user)
        navigation.register(
            navigation.Place(
                key="notifications",
                label=_("Notifications"),
                url_name="notifications:list",
                icon="bell",
                order=900,
                badge="notifications:count",
            ),
            navigation.Place(
                key="notification-switches",
                label=_("Notifications"),
                url_name="notifications:switches",
                icon="bell",
                region="settings",
                section=_("You"),
                order=25,
                why=_("What you want to be told of, inside the desk."),
            ),
        )
        commands.register(
            commands.Command(
                key="notifications",
                label=_("Open notifications"),
                url_name="notifications:list",
                icon="bell",
                hotkey="g n",
            )
        )
