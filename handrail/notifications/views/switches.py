"""Which kinds an agent wants to be told of."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.kit import clock
from handrail.notifications import queries
from handrail.notifications.forms import SwitchesForm
from handrail.notifications.models import Mute
from handrail.team.access import AgentView


class SwitchesView(AgentView):
    """GET shows the switches, POST sets all of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("notifications/switches.html", switches=queries.switches(self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SwitchesForm(request.POST)
        if not form.is_valid():
            return self.page("notifications/switches.html", switches=queries.switches(self.user), status=422)
        Mute.choose(self.user, wanted=form.cleaned_data["wanted"], at=clock.now())
        return HttpResponseRedirect(reverse("notifications:switches"))
