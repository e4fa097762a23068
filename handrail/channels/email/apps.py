"""The room of mail."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "handrail.channels.email"
    label = "channels_email"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.channels.email import places  # app ready
        from handrail.channels.email.rights import HEADING, RIGHTS  # app ready

        rights.declare(RIGHTS, heading=HEADING)
        places.register()
