"""The customers' face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "handrail.portal"
    label = "portal"

    def ready(self) -> None:
        from handrail.accounts import arrivals, rights  # app ready
        from handrail.portal.letters import answer_at_the_desk  # app ready
        from handrail.portal.rights import RIGHTS  # app ready
        from handrail.ui import navigation  # app ready

        arrivals.answer_with(answer_at_the_desk)
        rights.declare(RIGHTS, heading=_("Help centre"))
        navigation.register(
            navigation.Place(
                key="help-articles",
                label=_("Articles"),
                url_name="portal:articles",
                icon="book-open",
                region="portal",
                order=10,
            ),
            navigation.Place(
                key="requests",
                label=_("My requests"),
                url_name="portal:requests",
                icon="inbox",
                region="portal",
                right="portal.use",
                order=20,
            ),
            navigation.Place(
                key="new-request",
                label=_("Ask something"),
                url_name="portal:new",
                icon="message-square-plus",
                region="portal",
                right="portal.use",
                order=30,
            ),
        )
