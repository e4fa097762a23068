"""The room of the people who answer."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "handrail.team"
    label = "team"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.team import places, pointing  # app ready
        from handrail.team.rights import HEADING, RIGHTS  # app ready

        rights.declare(RIGHTS, heading=HEADING)
        places.register()
        pointing.declare()
