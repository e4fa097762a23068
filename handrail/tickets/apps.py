"""The room of tickets and their messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "handrail.tickets"
    label = "tickets"

    def ready(self) -> None:
        from handrail.accounts import rights  # app ready
        from handrail.customers import panels  # app ready
        from handrail.events.live import gates  # app ready
        from handrail.tickets import places, pointing, watching  # app ready
        from handrail.tickets.checklists import reverting, telling  # app ready
        from handrail.tickets.person_panel import tickets_of  # app ready
        from handrail.tickets.queries import deeds  # app ready
        from handrail.tickets.rights import RIGHTS  # app ready
        from handrail.tickets.timing import telling as time_telling  # app ready

        deeds.register()
        time_telling.register()
        telling.register()
        reverting.register()
        rights.declare(RIGHTS, heading=_("Tickets"))
        gates.gate("ticket", watching.may_watch_ticket)
        gates.gate("brand", watching.may_watch_brand)
        gates.gate("bulk", watching.may_watch_bulk)
        gates.gate("team", watching.may_watch_team)
        places.register()
        pointing.declare()
        panels.register(
            panels.PersonPanel(
                key="tickets", template="tickets/history/_of_person.html", read=tickets_of, order=10
            )
        )
