"""The room of sign-in, roles and brands."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "handrail.accounts"
    label = "accounts"

    def ready(self) -> None:
        from handrail.accounts import doorkeeping  # app ready
        from handrail.events.live import gates  # app ready

        gates.doorkeeper(who_is=doorkeeping.who_is, expired=doorkeeping.expired)
