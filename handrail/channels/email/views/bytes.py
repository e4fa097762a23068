"""A message as it came, byte by byte, for those who look after mail."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.channels.email.models import RawMail
from handrail.channels.email.views.raw import as_text
from handrail.team.access import agent_of
from handrail.tickets.models import Ticket


class BytesView(PrivateView):
    """GET downloads the mail that became this message, of a ticket that the person may see."""

    right = "mail.manage"

    def get(self, request: HttpRequest, message: UUID) -> HttpResponse:
        seen = Ticket.objects.visible_to(agent_of(request)).filter(messages=message)
        rows = RawMail.objects.visible_to(self.user).filter(message_id=message, state=RawMail.State.DONE)
        mail = rows.first() if seen.exists() else None
        if mail is None or not mail.raw:
            raise Http404
        return as_text(mail.raw, name=f"{message}.eml")
