"""The mailboxes: list them, open one, change one."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email import health, queries
from handrail.channels.email.forms import MailboxForm, NewMailboxForm
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock
from handrail.team.models import Team


class MailboxesView(PrivateView):
    """GET lists them, POST opens one."""

    right = "mail.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NewMailboxForm(giver=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewMailboxForm(request.POST, giver=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            mailbox = EmailAccount.open(by=self.user, at=clock.now(), **form.cleaned_data)
        except EmailAccount.AddressTaken:
            form.add_error("address", _("This address is a mailbox already."))
            return self._show(form, status=409)
        messages.success(request, _("%(address)s takes mail now.") % {"address": mailbox.address})
        return self.go("mail:mailboxes")

    def _show(self, form: NewMailboxForm, *, status: int = 200) -> HttpResponse:
        found = list(queries.mailboxes(self.user).select_related("imap", "hook"))
        told = {each.account_id: each for each in health.of_all(found, at=clock.now())}
        return self.page("email/mailboxes/list.html", form=form, mailboxes=found, told=told, status=status)


class MailboxView(PrivateView):
    """GET shows one, POST changes it."""

    right = "mail.manage"

    def get(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self._mailbox(mailbox)
        return self._show(found, MailboxForm(initial=MailboxForm.of(found), teams=self._teams(found)))

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        found = self._mailbox(mailbox)
        form = MailboxForm(request.POST, teams=self._teams(found))
        if not form.is_valid():
            return self._show(found, form, status=422)
        found.change(by=self.user, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.go("mail:mailboxes")

    def _mailbox(self, mailbox: UUID) -> EmailAccount:
        return get_object_or_404(EmailAccount.objects.visible_to(self.user), pk=mailbox)

    def _teams(self, mailbox: EmailAccount) -> QuerySet[Team]:
        return Team.objects.filter(brand=mailbox.brand_id)

    def _show(self, mailbox: EmailAccount, form: MailboxForm, *, status: int = 200) -> HttpResponse:
        return self.page("email/mailboxes/edit.html", mailbox=mailbox, form=form, status=status)
