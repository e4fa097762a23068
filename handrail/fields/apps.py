"""The room of custom fields."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldsConfig(AppConfig):
    name = "handrail.fields"
    label = "fields"

    def ready(self) -> None:
        from handrail.accounts import audit, rights  # app ready
        from handrail.fields import places  # app ready
        from handrail.fields.rights import AUDIT, RIGHTS  # app ready

        audit.declare(AUDIT)
        places.register()
        rights.declare(RIGHTS, heading=_("Statuses and fields"))
