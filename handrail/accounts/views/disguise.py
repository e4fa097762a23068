"""Log in as somebody else for a while, to see what they see; and be oneself again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from handrail.accounts import disguising
from handrail.accounts.access import PersonalView, PrivateView
from handrail.accounts.forms.house import ReasonForm
from handrail.accounts.models import Disguise, User
from handrail.kit import clock


class DisguiseView(PersonalView):
    """GET asks why, POST puts the disguise on."""

    right = "accounts.log_in_as"
    returns_to = "accounts:settings"

    def get(self, request: HttpRequest, user: UUID) -> HttpResponse:
        return self._show(self._whom(user), ReasonForm())

    def post(self, request: HttpRequest, user: UUID) -> HttpResponse:
        whom, form = self._whom(user), ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(whom, form, status=422)
        reason = form.cleaned_data["reason"]
        try:
            disguising.put_on(request.session, user=whom, reason=reason, by=self.user, at=clock.now())
        except Disguise.Refused:
            form.add_error(None, _("You cannot log in as somebody who may do more than you."))
            return self._show(whom, form, status=409)
        return HttpResponseRedirect("/")

    def _whom(self, user_id: UUID) -> User:
        whom = User.objects.visible_to(self.user).select_related("role").filter(pk=user_id).first()
        if whom is None:
            raise Http404
        return whom

    def _show(self, whom: User, form: ReasonForm, *, status: int = 200) -> HttpResponse:
        return self.page("accounts/disguise/edit.html", whom=whom, form=form, status=status)


class DisguiseRemovalView(PrivateView):
    """POST: be oneself again. Harmless when one is already."""

    before_second_factor = True

    def post(self, request: HttpRequest) -> HttpResponse:
        disguising.take_off(request.session, address=self.user.from_address, at=clock.now())
        messages.info(request, _("You are yourself again."))
        return self.go("accounts:settings")
