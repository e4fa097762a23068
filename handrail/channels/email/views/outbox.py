"""The outbox: what waits, failed, is uncertain or left; another try, a mended address, calling off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import outbox, outbox_queries
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.models import OutgoingMail
from handrail.channels.email.sending_forms import AddressForm
from handrail.kit import clock
from handrail.kit.ids import uuid_or_none


class OutboxView(PrivateView):
    """GET lists mail. shown: open | trouble | sent | cancelled; domain: only mail to that one."""

    right = "mail.see_health"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("shown", "open")
        shown = asked if asked in outbox_queries.SHOWN else "open"
        domain = request.GET.get("domain", "")[:255]
        before = uuid_or_none(request.GET.get("before", ""))
        return self.page(
            "email/outbox/list.html",
            found=outbox_queries.outbox(self.user, shown=shown, domain=domain, before=before),
            domains=outbox_queries.domains(self.user) if shown == "open" else [],
            servers=outbox_queries.servers_away(self.user),
            shown=shown,
            domain=domain,
            may_send=self.user.may("mail.manage"),
        )


class MailView(PrivateView):
    """Something that is done to one mail."""

    right = "mail.manage"

    def mail(self, mail: UUID) -> OutgoingMail:
        found: OutgoingMail = get_object_or_404(OutgoingMail.objects.visible_to(self.user), pk=mail)
        return found

    def back(self) -> HttpResponse:
        return self.go("mail:outbox")


class SecondSendingView(MailView):
    """POST lets a mail leave once more to those who did not get it."""

    def post(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        try:
            outbox.send_again(self.mail(mail), by=self.user, at=clock.now())
            messages.success(request, _("The mail leaves again."))
        except OutgoingMail.NothingToSendAgain:
            messages.info(request, _("It is on its way already."))
        return self.back()


class CallingOffView(MailView):
    """POST takes a mail out of the queue."""

    def post(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        try:
            outbox.call_off(self.mail(mail), by=self.user, at=clock.now())
            messages.success(request, _("The mail does not leave any more."))
        except OutgoingMail.NotWaiting:
            messages.info(request, _("It does not wait any more."))
        return self.back()


class RecipientView(MailView):
    """POST mends the address of somebody who did not get a mail, and lets it leave to them."""

    def post(self, request: HttpRequest, mail: UUID, recipient: UUID) -> HttpResponse:
        found, form = self.mail(mail), AddressForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This is no mail address."))
            return self.back()
        one = get_object_or_404(found.deliveries, pk=recipient)
        try:
            outbox.readdress(found, one, address=form.cleaned_data["address"], by=self.user, at=clock.now())
            messages.success(request, _("The mail leaves to the new address."))
        except OutgoingMail.SameRecipient:
            messages.error(request, _("Somebody with this address gets the mail already."))
        except OutgoingMail.NothingToSendAgain:
            messages.info(request, _("It is on its way already."))
        except Unsendable:
            messages.error(request, _("Mail cannot be sent to this address."))
        return self.back()
