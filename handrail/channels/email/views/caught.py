"""Caught mail: what this desk would have sent, while no mail server is set. Else these pages do not exist."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from handrail.accounts.access import PrivateView
from handrail.channels.email import queries
from handrail.channels.email.views.raw import as_text
from handrail.kit.ids import uuid_or_none
from handrail.ui.reading import as_html, from_sanitiser

#: The frame may show its own style and open links in new windows, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


class CaughtView(PrivateView):
    """What all pages here share."""

    right = "mail.read_caught"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL_IS_CAUGHT:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CaughtMailsView(CaughtView):
    """GET lists them, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        before = uuid_or_none(request.GET.get("before", ""))
        return self.page("email/caught/list.html", found=queries.caught(before=before))


class CaughtMailView(CaughtView):
    """GET shows one as its reader would see it."""

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        shown = queries.caught_mail(mail)
        return self.page("email/caught/show.html", shown=shown, text=as_html(shown.text))


class CaughtBodyView(CaughtView):
    """GET is the html of one, for its sandboxed frame."""

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        nonce = token_urlsafe(18)
        rendered = queries.caught_body(mail)
        html, css = from_sanitiser(rendered.html), from_sanitiser(rendered.css)
        response = self.page("email/mail/caught.html", nonce=nonce, html=html, css=css)
        response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Referrer-Policy"] = "no-referrer"
        return response


class CaughtBytesView(CaughtView):
    """GET downloads the bytes as they would have left."""

    def get(self, request: HttpRequest, mail: UUID) -> HttpResponse:
        return as_text(queries.caught_mail(mail).raw, name=f"{mail}.eml")
