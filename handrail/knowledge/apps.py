"""The room of articles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "handrail.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.knowledge import places  # app ready
        from handrail.knowledge.rights import RIGHTS  # app ready

        rights.declare(RIGHTS, heading=_("Articles"))
        places.register()
