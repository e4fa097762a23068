"""A customer's requests: the list, a new one, and one of them."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts import throttling
from handrail.kit import clock
from handrail.portal import asking, queries
from handrail.portal.access import CustomerView, RequestView
from handrail.portal.forms import RequestForm, WordsForm, too_fast
from handrail.portal.paces import WRITING


class RequestsView(CustomerView):
    """GET lists the requests of this customer, POST opens a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:200].replace("\x00", "")
        closed = request.GET.get("state") == "closed"
        page = _page_number(request.GET.get("page", ""))
        found = queries.requests_of(self.user, words=words, closed=closed, page=page, at=clock.now())
        return self.page(
            "portal/requests/list.html",
            requests=found[: queries.PAGE],
            words=words,
            closed=closed,
            number=page,
            more=len(found) > queries.PAGE,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = RequestForm(request.POST, request.FILES), clock.now()
        brand = queries.brand_of(self.user)
        if not form.is_valid() or brand is None:
            return self.page("portal/requests/new.html", form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if throttling.knock(WRITING, self.user.pk, at=at):
            form.add_error(None, too_fast())
            return self.page("portal/requests/new.html", form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
        message = asking.ask(
            self.user,
            brand=brand,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            files=form.inbound_files,
            key=form.given_key,
            at=at,
        )
        return HttpResponseRedirect(reverse("portal:show", args=[message.ticket.number]))


class NewView(CustomerView):
    """GET shows the form of a new request."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("portal/requests/new.html", form=RequestForm())


class ShowView(RequestView):
    """GET shows one request: what was said, who has it, what is next."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = queries.words_on(self.ticket, at=clock.now())
        return self.page("portal/requests/show.html", ticket=self.ticket, words=words, form=WordsForm())


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1
