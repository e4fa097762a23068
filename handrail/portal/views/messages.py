"""Writing on one's own request."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts import throttling
from handrail.kit import clock
from handrail.portal import asking, queries
from handrail.portal.access import RequestView
from handrail.portal.forms import WordsForm, too_fast
from handrail.portal.paces import WRITING


class MessagesView(RequestView):
    """POST adds the customer's words and files; a refused form keeps the words."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form, at = WordsForm(request.POST, request.FILES), clock.now()
        if not form.is_valid():
            return self._again(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        if throttling.knock(WRITING, self.user.pk, at=at):
            form.add_error(None, too_fast())
            return self._again(form, HTTPStatus.TOO_MANY_REQUESTS)
        message = asking.answer(
            self.ticket,
            self.user,
            text=form.cleaned_data["text"],
            files=form.inbound_files,
            key=form.given_key,
            at=at,
        )
        return HttpResponseRedirect(f"{reverse('portal:show', args=[number])}#message-{message.pk}")

    def _again(self, form: WordsForm, status: HTTPStatus) -> HttpResponse:
        words = queries.words_on(self.ticket, at=clock.now())
        return self.page(
            "portal/requests/show.html", ticket=self.ticket, words=words, form=form, status=status
        )
