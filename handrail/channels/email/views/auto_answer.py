"""What a mailbox answers at once: GET shows it, POST changes it or lets it speak again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.access import PrivateView
from handrail.channels.email.deciding_forms import AutoAnswerForm
from handrail.channels.email.models import AutoAnswer, EmailAccount
from handrail.kit import clock


class AutoAnswerView(PrivateView):
    """The automatic answer of one mailbox."""

    right = "mail.manage"

    def get(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        answer = self._answer(mailbox)
        return self._show(answer, AutoAnswerForm(initial=AutoAnswerForm.of(answer)))

    def post(self, request: HttpRequest, mailbox: UUID) -> HttpResponse:
        answer = self._answer(mailbox)
        if "resume" in request.POST:
            answer.resume(by=self.user, at=clock.now())
            return self._saved(mailbox)
        form = AutoAnswerForm(request.POST)
        if not form.is_valid():
            return self._show(answer, form, status=422)
        try:
            answer.write(texts=form.texts, is_on=form.cleaned_data["is_on"], by=self.user, at=clock.now())
        except AutoAnswer.NoWords:
            form.add_error("en", _("Write what it answers, in one language at least."))
            return self._show(answer, form, status=422)
        return self._saved(mailbox)

    def _answer(self, mailbox: UUID) -> AutoAnswer:
        return AutoAnswer.of(get_object_or_404(EmailAccount.objects.visible_to(self.user), pk=mailbox))

    def _saved(self, mailbox: UUID) -> HttpResponse:
        messages.success(self.request, _("Saved."))
        return self.go("mail:auto-answer", mailbox=mailbox)

    def _show(self, answer: AutoAnswer, form: AutoAnswerForm, *, status: int = 200) -> HttpResponse:
        shown = {"mailbox": answer.account, "answer": answer, "form": form}
        return self.page("email/mailboxes/auto_answer.html", status=status, **shown)
