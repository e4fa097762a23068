"""The doors of pages: who may open them. Every room's views stand on these."""

from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from handrail.accounts.models.user import User


class PublicView(View):
    """A page for everybody, signed in or not."""

    def page(self, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        """A page or fragment with these values."""
        return render(self.request, template, context, status=status)


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


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in and, afterwards, back to the page they wanted."""
    if request.headers.get("HX-Request"):
        wanted = urlsplit(request.headers.get("HX-Current-URL", "")).path
        answer = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        answer["HX-Redirect"] = _sign_in(wanted)
        return answer
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return HttpResponseRedirect(_sign_in(wanted))


def _sign_in(wanted: str) -> str:
    query = f"?{urlencode({'next': wanted})}" if wanted not in ("", "/") else ""
    return reverse("accounts:sign-in") + query
