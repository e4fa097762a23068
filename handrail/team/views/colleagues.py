"""The colleagues: who is here, and invite somebody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.models import Role
from handrail.kit import clock
from handrail.team import inviting, queries
from handrail.team.access import AgentView
from handrail.team.forms import InvitationForm


class ColleaguesView(AgentView):
    """GET lists them, POST invites one."""

    right = "accounts.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        agent = Role.objects.filter(key="agent").first()
        return self._show(InvitationForm(giver=self.user, initial={"role": agent}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(request.POST, giver=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        given = form.cleaned_data
        who = {"email": given["email"], "name": given["name"], "language": self.user.language}
        try:
            agent = inviting.invite(post=form.post(), by=self.user, at=clock.now(), **who)
        except inviting.AddressTaken:
            form.add_error("email", _("Somebody has this address already."))
            return self._show(form, status=409)
        messages.success(request, _("%(name)s gets a mail with the way in.") % {"name": agent.name})
        return self.go("team:colleagues")

    def _show(self, form: InvitationForm, *, status: int = 200) -> HttpResponse:
        found = queries.colleagues(self.agent)
        return self.page("team/colleagues/list.html", form=form, colleagues=found, status=status)
