"""Theme and density, changed from the menu without leaving the page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from handrail.accounts.access import PrivateView
from handrail.accounts.forms.own import LookForm
from handrail.kit import clock


class LookView(PrivateView):
    """POST keeps theme= or density= for this person."""

    before_second_factor = True

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LookForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if chosen := {name: value for name, value in form.cleaned_data.items() if value}:
            self.user.prefer(at=clock.now(), **chosen)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
