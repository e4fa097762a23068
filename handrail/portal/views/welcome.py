"""The portal's first page."""

from django.http import HttpRequest, HttpResponse

from handrail.accounts.models import User
from handrail.accounts.signing_in import safe_path
from handrail.kit import clock
from handrail.portal import queries
from handrail.portal.access import WelcomeView
from handrail.portal.forms import AddressForm

#: So many requests stand on the welcome page of somebody who came in.
LATEST = 3


class HelpView(WelcomeView):
    """GET greets: strangers are asked for their address, customers find their requests."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.may("portal.use"):
            requests = queries.requests_of(user, at=clock.now())[:LATEST]
            return self.page("portal/welcome.html", requests=requests)
        form = AddressForm(initial={"next": safe_path(request.GET.get("next", ""))})
        return self.page("portal/door.html", form=form)
