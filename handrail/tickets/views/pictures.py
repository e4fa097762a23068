"""Pictures on other servers: post to let them be shown, delete to hide them; and the pictures themselves."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from handrail.files import fetching, serving
from handrail.kit import clock
from handrail.team.access import AgentView
from handrail.tickets import picturing
from handrail.tickets.models import Message
from handrail.tickets.queries.message import seen_message
from handrail.tickets.views.base import TicketView


class PicturesView(TicketView):
    """One's own choice about one mail; `scope=sender` means every mail of that sender from now on."""

    def post(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        message, always = self._message(message_id), request.POST.get("scope") == "sender"
        picturing.show(message, always=always, by=self.agent, at=clock.now())
        return self._frame(message)

    def delete(self, request: HttpRequest, number: int, message_id: UUID) -> HttpResponse:
        message = self._message(message_id)
        picturing.hide(message, by=self.agent)
        return self._frame(message)

    def _message(self, message_id: UUID) -> Message:
        rows = Message.objects.filter(ticket=self.ticket, kind=Message.Kind.CUSTOMER).exclude(html="")
        message = rows.filter(pk=message_id).first()
        if message is None:
            raise Http404
        return message

    def _frame(self, message: Message) -> HttpResponse:
        if not self.wants_fragment:
            return self.go("tickets:message", number=self.ticket.number, message_id=message.pk)
        return self.page("tickets/mail/_frame.html", ticket=self.ticket, message=message)


class MailImageView(AgentView):
    """A picture that a mail names on another server, fetched by us. Anything but a real picture is a 404."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        message_id, digest = picturing.message_of(token, for_user=self.user.pk)
        message = seen_message(self.agent, message_id)
        if message is None or not picturing.are_shown(message, to=self.agent):
            raise Http404
        try:
            found = fetching.picture_at(picturing.picture_in(message, digest))
        except fetching.NoPicture as nothing:
            raise Http404 from nothing
        picture = HttpResponse(found.content, content_type=found.picture.type)
        return serving.harmless(picture, name="picture", shown=True)
