"""The room of the people who write to us."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "handrail.customers"
    label = "customers"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.customers import pointing  # app ready
        from handrail.customers.rights import RIGHTS  # app ready
        from handrail.ui import navigation  # app ready

        pointing.declare()
        rights.declare(RIGHTS, heading=_("Customers"))
        navigation.register(
            navigation.Place(
                key="customers",
                label=_("Customers"),
                url_name="customers:people",
                icon="users-round",
                right="customers.see",
                order=20,
            )
        )
