"""A customer's requests: the list, a new one, and one of them."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts import throttling
from handrail.fields.checking import NotFitting
from handrail.fields.posted import given_in
from handrail.kit import clock
from handrail.portal import asking, filling, queries
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
        asked_for = filling.public_fields()
        given = given_in(request.POST, asked_for)
        if "preview" in request.POST:
            return _form(self, form, given, {}, template="fields/_form.html")
        brand = queries.brand_of(self.user)
        if not form.is_valid() or brand is None:
            return _form(self, form, given, {}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if throttling.knock(WRITING, self.user.pk, at=at):
            form.add_error(None, too_fast())
            return _form(self, form, given, {}, status=HTTPStatus.TOO_MANY_REQUESTS)
        try:
            message = asking.ask(
                self.user,
                brand=brand,
                subject=form.cleaned_data["subject"],
                text=form.cleaned_data["text"],
                files=form.inbound_files,
                fields=given if asked_for else None,
                key=form.given_key,
                at=at,
            )
        except NotFitting as refusal:
            return _form(self, form, given, refusal.problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponseRedirect(reverse("portal:show", args=[message.ticket.number]))


class NewView(CustomerView):
    """GET shows the form of a new request."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _form(self, RequestForm(), {}, {})


class ShowView(RequestView):
    """GET shows one request: what was said, who has it, what is next."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        words = queries.words_on(self.ticket, at=clock.now())
        return self.page("portal/requests/show.html", ticket=self.ticket, words=words, form=WordsForm())


def _form(
    view: CustomerView,
    form: RequestForm,
    given: dict[str, object],
    problems: dict[str, str],
    *,
    template: str = "portal/requests/new.html",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The form of a new request, with the fields it has as things stand on it."""
    brand = queries.brand_of(view.user)
    team = asking.team_of(brand) if brand else None
    cells = filling.cells_for(given, problems, brand=brand, team=team)
    preview, form_id = reverse("portal:requests"), "request-fields"
    return view.page(template, form=form, cells=cells, preview=preview, form_id=form_id, status=status)


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1
