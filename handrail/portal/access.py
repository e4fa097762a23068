"""The doors of the portal's pages: for everybody, for customers, and for one request of theirs."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from handrail.accounts.access import PrivateView, PublicView
from handrail.accounts.models import User
from handrail.portal import queries
from handrail.tickets.models import Ticket


class WelcomeView(PublicView):
    """A page of the portal for everybody."""

    def page(self, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        user = self.request.user if isinstance(self.request.user, User) else None
        context.setdefault("product", queries.brand_name(user))
        return super().page(template, status=status, **context)


class CustomerView(PrivateView):
    """A page of the portal for those who came in; others are sent to its welcome page and back."""

    right = "portal.use"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            wanted = request.get_full_path() if request.method in ("GET", "HEAD") else ""
            query = f"?{urlencode({'next': wanted})}" if wanted else ""
            return HttpResponseRedirect(reverse("portal:welcome") + query)
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        context.setdefault("product", queries.brand_name(self.user))
        return super().page(template, status=status, **context)


class RequestView(CustomerView):
    """Something of one request; a stranger's is a 404."""

    ticket: Ticket

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.may(self.right):
            found = Ticket.objects.requested_by(user).filter(number=kwargs["number"])
            ticket = found.select_related("owner", "brand", "requester").first()
            if ticket is None:
                raise Http404
            self.ticket = ticket
        return super().dispatch(request, *args, **kwargs)
