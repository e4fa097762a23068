"""The room of sign-in, roles and brands."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "handrail.accounts"
    label = "accounts"

    def ready(self) -> None:
        from handrail.accounts import audit, doorkeeping, places, rights, upkeep  # app ready
        from handrail.accounts.words import AUDIT  # app ready
        from handrail.events.live import gates  # app ready
        from handrail.ui import look  # app ready

        assert upkeep
        rights.declare(rights.RIGHTS, heading=rights.HEADING)
        audit.declare(AUDIT)
        gates.doorkeeper(who_is=doorkeeping.who_is, expired=doorkeeping.expired)
        look.keep_with("accounts:look")
        places.register()
