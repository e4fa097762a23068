"""Mail that was kept back: what waits, what was taken for spam, one of them, and the decision about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import deciding, shelves
from handrail.channels.email.deciding_forms import DecisionForm
from handrail.channels.email.models import RawMail
from handrail.channels.email.views.raw import as_text
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none
from handrail.team.queries import agent_behind
from handrail.tickets.models import Ticket
from handrail.ui.reading import as_html


class HeldView(PrivateView):
    """GET lists what waits."""

    right = "mail.decide"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = shelves.held(self.user, before=uuid_or_none(request.GET.get("before", "")))
        return self.page("email/held/list.html", found=found, counts=shelves.counts(self.user), spam=False)


class SpamView(PrivateView):
    """GET lists what was taken for spam."""

    right = "mail.decide"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = shelves.spam(self.user, before=uuid_or_none(request.GET.get("before", "")))
        return self.page("email/held/list.html", found=found, counts=shelves.counts(self.user), spam=True)


class KeptBackView(PrivateView):
    """GET shows one whole, with what speaks for and against it."""

    right = "mail.decide"

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        shown = shelves.whole(self.user, mail)
        return self.page("email/held/show.html", shown=shown, text=as_html(shown.text), form=DecisionForm())


class KeptBackBytesView(PrivateView):
    """GET downloads the bytes as they came."""

    right = "mail.decide"

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        return as_text(shelves.bytes_of(self.user, mail), name=f"{mail}.eml")


BACK_TO = {RawMail.State.SPAM: "mail:spam", RawMail.State.QUARANTINED: "mail:quarantine"}


class DecisionView(PrivateView):
    """POST says what a mail is: `as` is ticket (with `number`), new, spam, or held again."""

    right = "mail.decide"

    def post(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        found = shelves.kept_back(self.user, mail)
        back = BACK_TO.get(RawMail.State(found.state), "mail:held")
        form = DecisionForm(request.POST)
        ticket = self._ticket(found, form) if form.is_valid() else None
        if not form.is_valid() or (form.cleaned_data["decision"] == "ticket" and ticket is None):
            messages.warning(request, _("There is no ticket with this number in the brand of the mailbox."))
            return self.go("mail:held-mail", mail=mail)
        try:
            self._decide(found, form.cleaned_data["decision"], ticket)
        except RawMail.NotKeptBack:
            messages.info(request, _("Somebody decided about it already."))
        return self.go(back)

    def _ticket(self, mail: RawMail, form: DecisionForm) -> Ticket | None:
        agent = agent_behind(self.user)
        number = form.cleaned_data["number"]
        return shelves.ticket_for(mail, number, agent=agent) if agent and number else None

    def _decide(self, mail: RawMail, decision: str, ticket: Ticket | None) -> None:
        by, at, subject = self.user, clock.now(), shelves.subject_of(mail)
        if ticket is not None and decision == "ticket":
            deciding.put_on_ticket(mail, ticket, subject=subject, by=by, at=at)
            messages.success(self.request, _("It goes to #%(number)s.") % {"number": ticket.number})
        elif decision == "new":
            deciding.open_ticket(mail, subject=subject, by=by, at=at)
            messages.success(self.request, _("It becomes a ticket."))
        elif decision == "spam":
            deciding.call_spam(mail, by=by, at=at)
            messages.success(self.request, _("It lies among the spam. There it can be taken back."))
        else:
            deciding.take_back(mail, by=by, at=at)
            messages.success(self.request, _("It is held again."))
