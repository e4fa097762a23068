"""Asking for a link. The answer is the same for everybody, and so is the time it takes."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts import throttling
from handrail.accounts.network import network_of
from handrail.accounts.signing_in import safe_path
from handrail.kit import clock
from handrail.portal import queries
from handrail.portal.access import WelcomeView
from handrail.portal.forms import AddressForm
from handrail.portal.jobs import send_the_link


class SignInView(WelcomeView):
    """POST mails a link to the address; up to three an hour, whoever asks."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("portal:welcome"))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.page("portal/door.html", form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        at = clock.now()
        if throttling.knock(throttling.LETTER_NETWORK, network_of(request), at=at):
            return self.page("portal/door.html", form=form, slow=True, status=HTTPStatus.TOO_MANY_REQUESTS)
        address = form.cleaned_data["email"].strip().lower()
        if not throttling.knock(throttling.LETTERS, address, at=at):
            wanted = safe_path(form.cleaned_data["next"])
            send_the_link.defer(address=address, brand_name=queries.brand_name(None), next=wanted)
        return HttpResponseRedirect(reverse("portal:sent"))


class SentView(WelcomeView):
    """GET says what to do now; it does not know who asks."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("portal/sent.html")
