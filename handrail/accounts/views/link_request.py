"""Ask for a link by mail, to sign in or to choose a new password. Every address gets the same answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from handrail.accounts import signing_in, throttling
from handrail.accounts.access import PublicView
from handrail.accounts.forms.proofs import LinkRequestForm
from handrail.accounts.jobs import answer_the_request
from handrail.accounts.models import SignInLink
from handrail.accounts.network import network_of
from handrail.accounts.views.slowing import slow_down
from handrail.kit import clock

Purpose = SignInLink.Purpose


class LinkRequestView(PublicView):
    """GET asks for an address, POST promises a mail if that address may come in."""

    before_second_factor = True

    def get(self, request: HttpRequest) -> HttpResponse:
        forgotten = request.GET.get("for") == Purpose.PASSWORD
        asked = {
            "purpose": Purpose.PASSWORD if forgotten else Purpose.SIGN_IN,
            "next": signing_in.safe_path(request.GET.get("next", "")),
            "email": request.GET.get("email", ""),
        }
        return self.page("accounts/link_request/show.html", form=LinkRequestForm(initial=asked))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, at = LinkRequestForm(request.POST), clock.now()
        if not form.is_valid():
            return self.page("accounts/link_request/show.html", form=form, status=422)
        if wait := throttling.knock(throttling.LETTER_NETWORK, network_of(request), at=at):
            form.slow_down(wait)
            answer = self.page("accounts/link_request/show.html", form=form, status=429)
            return slow_down(answer, wait)
        asked = form.cleaned_data
        forgotten = asked["purpose"] == Purpose.PASSWORD
        next = reverse("accounts:password") if forgotten else signing_in.safe_path(asked["next"])
        answer_the_request.defer(address=asked["email"], purpose=asked["purpose"], next=next)
        return self.page("accounts/link_request/sent.html", address=asked["email"])
