"""How mail leaves a mailbox, with the signature under it; and an agent's own signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email.models import EmailAccount, Sending, Signature
from handrail.channels.email.sending_forms import SendingForm, SignatureForm
from handrail.channels.email.signing import VARIABLES
from handrail.kit import clock
from handrail.team.access import AgentView


class SendingView(PrivateView):
    """GET shows it, POST changes it."""

    right = "mail.manage"

    def get(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self._mailbox(mailbox)
        form = SendingForm(initial=SendingForm.of(found), others=self._others(found))
        return self._show(found, form)

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self._mailbox(mailbox)
        form = SendingForm(request.POST, others=self._others(found))
        if not form.is_valid():
            return self._show(found, form, status=422)
        form.keep(found, by=self.user, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("mail:sending", found.pk)

    def _mailbox(self, mailbox: UUID) -> EmailAccount:
        rows = EmailAccount.objects.visible_to(self.user).select_related("brand")
        return get_object_or_404(rows, pk=mailbox)

    def _others(self, found: EmailAccount) -> "list[EmailAccount]":
        rows = EmailAccount.objects.visible_to(self.user).active().filter(brand=found.brand_id)
        return list(rows.exclude(pk=found.pk))

    def _show(self, found: EmailAccount, form: SendingForm, *, status: int = 200) -> HttpResponse:
        has_server = bool(Sending.of(found).sealed_server)
        return self.page(
            "email/sending/mailbox.html",
            mailbox=found,
            form=form,
            has_server=has_server,
            variables=VARIABLES,
            status=status,
        )


class SignatureView(AgentView):
    """GET shows one's own signature, POST changes it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SignatureForm(initial=SignatureForm.named(Signature.texts_of(agent=self.agent)))
        return self._show(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignatureForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        Signature.write(form.texts, agent=self.agent, by=self.user, at=clock.now())
        messages.success(request, _("Saved."))
        return self.go("mail:signature")

    def _show(self, form: SignatureForm, *, status: int = 200) -> HttpResponse:
        return self.page("email/sending/signature.html", form=form, variables=VARIABLES, status=status)
