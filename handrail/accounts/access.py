"""The doors of pages: who may open them. Every room's views stand on these."""

from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from handrail.accounts import factors, standing
from handrail.accounts.models.token import ApiToken
from handrail.accounts.models.user import User
from handrail.kit import clock

READING = ("GET", "HEAD", "OPTIONS")


class PublicView(View):
    """A page for everybody, signed in or not.

    before_second_factor: opens even where the role demands a second factor that is not there yet.
    """

    before_second_factor: ClassVar[bool] = False

    def page(self, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """A page or fragment with these values."""
        return render(self.request, template, context, status=status)

    def lead_to(self, path: str) -> HttpResponse:
        """On to another page; where a script asked for a panel, it goes there too."""
        if self.wants_fragment:
            return HttpResponse(headers={"HX-Redirect": path})
        return HttpResponseRedirect(path, status=HTTPStatus.SEE_OTHER)

    @property
    def wants_fragment(self) -> bool:
        """Whether a script asks for a panel, and not a browser for a page."""
        headers = self.request.headers
        return "HX-Request" in headers and headers.get("HX-Request-Type") != "full"

    def go(self, route: str, *args: object, **kwargs: object) -> HttpResponseRedirect:
        """On to a named route of ours."""
        return HttpResponseRedirect(reverse(route, args=args or None, kwargs=kwargs or None), status=303)


class PrivateView(PublicView):
    """A page for people who are signed in. `right` names what they must be allowed to do, else 403."""

    right: ClassVar[str] = ""
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        self.user = request.user
        if self.right and not self.user.may(self.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonalView(PrivateView):
    """Something about one's own way in, which nobody in disguise may touch.

    needs_proof: only soon after proving who one is; else that is asked first.
    returns_to: the route to come back to from there when the request itself cannot be repeated.
    """

    needs_proof: ClassVar[bool] = True
    returns_to: ClassVar[str] = "accounts:security"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.disguised_by:
            raise PermissionDenied
        if self.needs_proof and not self._is_proven(request):
            back = request.path if request.method in READING else reverse(self.returns_to)
            query = urlencode({"next": back})
            return HttpResponseRedirect(f"{reverse('accounts:confirmation')}?{query}")
        return super().dispatch(request, *args, **kwargs)

    def _is_proven(self, request: HttpRequest) -> bool:
        """Strangers are for the door behind this one."""
        signed_in = request.user.is_authenticated
        return not signed_in or standing.proven_lately(request.session, at=clock.now())


@method_decorator(csrf_exempt, name="dispatch")  # no cookie is looked at, so no other site can lend one
class TokenView(View):
    """Something for programs: they show an API token in the Authorization header, and nothing else counts.

    scope: the right that both the token and its owner must hold.
    """

    scope: ClassVar[str] = ""
    token: ApiToken
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = ApiToken.shown(bearer_of(request), at=clock.now())
        if token is None:
            return refuse(HTTPStatus.UNAUTHORIZED, "Show a token that is in use: Authorization: Bearer hr_…")
        if token.user.role.requires_mfa and not factors.has_second(token.user):
            return refuse(HTTPStatus.FORBIDDEN, "The owner of this token must set up a second factor first.")
        if self.scope and not token.may(self.scope):
            return refuse(HTTPStatus.FORBIDDEN, f"This token may not do that: it lacks {self.scope}.")
        self.token, self.user = token, token.user
        return super().dispatch(request, *args, **kwargs)


def take_as_meant(request: HttpRequest) -> None:
    """A plain form can only post: `_method` says when it means to delete."""
    if request.method == "POST" and request.POST.get("_method") == "delete":
        request.method = "DELETE"


def bearer_of(request: HttpRequest) -> str:
    """The token shown in the Authorization header; never one in the address, where logs would keep it."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def refuse(status: HTTPStatus, why: str) -> JsonResponse:
    answer = JsonResponse({"error": why}, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in and, afterwards, back to the page they wanted."""
    if request.headers.get("HX-Request"):
        wanted = urlsplit(request.headers.get("HX-Current-URL", "")).path
        answer = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        answer["HX-Redirect"] = _sign_in(wanted)
        return answer
    wanted = request.get_full_path() if request.method in READING else ""
    return HttpResponseRedirect(_sign_in(wanted))


def _sign_in(wanted: str) -> str:
    query = f"?{urlencode({'next': wanted})}" if wanted not in ("", "/") else ""
    return reverse("accounts:sign-in") + query
