"""The room of mail."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "handrail.channels.email"
    label = "channels_email"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.channels.email import describing, outlets, places, suppressing, timeline  # app ready
        from handrail.channels.email.places import FORWARD, INVITATION, PERHAPS, PLACEMENT  # app ready
        from handrail.channels.email.rights import HEADING, RIGHTS  # app ready
        from handrail.customers import panels  # app ready
        from handrail.tickets import asides, reachability  # app ready

        asides.register(PLACEMENT, FORWARD, INVITATION, PERHAPS)
        panels.register(suppressing.PANEL)
        reachability.register(suppressing.blocked)
        rights.declare(RIGHTS, heading=HEADING)
        places.register()
        describing.register()
        outlets.declare()
        timeline.register()
