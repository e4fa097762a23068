"""One's own API tokens."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.access import PersonalView
from handrail.accounts.forms.own import TokenForm
from handrail.accounts.models import ApiToken
from handrail.kit import clock


class TokensView(PersonalView):
    """GET lists them, POST makes one and shows its secret this once."""

    right = "api.use"
    returns_to = "accounts:tokens"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(TokenForm(user=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TokenForm(request.POST, user=self.user)
        if not form.is_valid():
            return self._show(form, status=422)
        token, secret = ApiToken.make(user=self.user, at=clock.now(), **form.wish())
        return self.page("accounts/tokens/made.html", token=token, secret=secret)

    def _show(self, form: TokenForm, *, status: int = 200) -> HttpResponse:
        tokens = ApiToken.objects.visible_to(self.user).newest_first()
        return self.page("accounts/tokens/list.html", form=form, tokens=tokens, at=clock.now(), status=status)


class TokenRevocationView(PersonalView):
    """POST ends a token for good."""

    right = "api.use"
    returns_to = "accounts:tokens"
    needs_proof = False

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        found = ApiToken.objects.visible_to(self.user).filter(pk=token).first()
        if found is None:
            raise Http404
        try:
            found.revoke(by=self.user, at=clock.now())
        except ApiToken.AlreadyRevoked:
            return self.go("accounts:tokens")
        messages.info(request, _("The token “%(name)s” opens nothing any more.") % {"name": found.name})
        return self.go("accounts:tokens")
