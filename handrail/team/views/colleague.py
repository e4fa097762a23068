"""One colleague: what they may do, where they work, whether they may come in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts import factors, letters
from handrail.accounts.models import User
from handrail.kit import clock
from handrail.team import inviting
from handrail.team.access import AgentView
from handrail.team.forms import PostForm, SuspensionForm
from handrail.team.models import Agent


class OneColleagueView(AgentView):
    """Loads the colleague of the address when the agent may see them, else 404; nobody above one's rights."""

    right = "accounts.manage"
    colleague: Agent

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and request.user.may(self.right):
            self.colleague = self._load(kwargs["agent"])
        return super().dispatch(request, *args, **kwargs)

    def _load(self, agent_id: UUID) -> Agent:
        seen = Agent.objects.visible_to(self.agent).select_related("user__role")
        colleague = seen.filter(pk=agent_id).first()
        if colleague is None:
            raise Http404
        if not self.agent.user.role.covers(colleague.user.role):
            raise PermissionDenied
        return colleague

    def back(self, words: str) -> HttpResponse:
        """To the colleague's page, with a word about what happened."""
        messages.success(self.request, words % {"name": self.colleague.name})
        return self.go("team:colleague", agent=self.colleague.pk)


class ColleagueView(OneColleagueView):
    """GET shows a colleague's post, POST changes it."""

    def get(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        return self._show(PostForm(giver=self.user, initial=PostForm.of(self.colleague)))

    def post(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        form = PostForm(request.POST, giver=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            inviting.place(self.colleague, form.post(), by=self.user, at=clock.now())
        except User.LastAdmin:
            form.add_error("role", _("Somebody must stay who may do everything."))
            return self._show(form, status=409)
        except User.AboveOwnRights:
            form.add_error(None, _("You can only give what you have yourself."))
            return self._show(form, status=409)
        return self.back(_("Saved. It counts from %(name)s's next click on."))

    def _show(self, form: PostForm, *, status: int = 200) -> HttpResponse:
        user = self.colleague.user
        suspension = user.suspensions.filter(lifted_at=None).select_related("by").first()
        shown = {"form": form, "colleague": self.colleague, "suspension": suspension}
        asks = {"why": SuspensionForm(auto_id="why_%s"), "is_me": user.pk == self.user.pk}
        asks["has_factor"] = factors.has_second(user)
        return self.page("team/colleagues/edit.html", status=status, **shown, **asks)


class SuspensionView(OneColleagueView):
    """POST shuts the colleague out, at once and everywhere."""

    def post(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        form = SuspensionForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why, in a few words."))
            return self.go("team:colleague", agent=agent)
        try:
            self.colleague.user.suspend(by=self.user, reason=form.cleaned_data["reason"], at=clock.now())
        except (User.AlreadySuspended, User.NotOneself, User.LastAdmin):
            messages.error(request, _("That does not go: it is you, the last admin, or done already."))
            return self.go("team:colleague", agent=agent)
        return self.back(_("%(name)s is signed out everywhere and cannot come in."))


class RestorationView(OneColleagueView):
    """POST lets the colleague in again."""

    def post(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        try:
            self.colleague.user.restore(by=self.user, at=clock.now())
        except User.NotSuspended:
            return self.go("team:colleague", agent=agent)
        return self.back(_("%(name)s may come in again."))


class FactorsRemovalView(OneColleagueView):
    """POST takes away the second factors of a colleague who lost theirs."""

    def post(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        factors.take_away(self.colleague.user, by=self.user, at=clock.now())
        return self.back(_("%(name)s comes in without a second factor and is signed out everywhere."))


class InvitationView(OneColleagueView):
    """POST mails the way in once more, to who never came in yet."""

    def post(self, request: HttpRequest, agent: UUID) -> HttpResponse:
        if self.colleague.user.last_login or not self.colleague.user.is_active:
            return self.go("team:colleague", agent=agent)
        letters.send_invitation(self.colleague.user, by=self.user, at=clock.now())
        return self.back(_("%(name)s gets another mail with the way in."))
