"""What every request passes: safe headers, disguises, the person's language and zone, the second factor."""

import zoneinfo
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from handrail.accounts import audit, disguising, standing
from handrail.accounts.models.user import User
from handrail.accounts.network import address_of
from handrail.kit import clock

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def security_headers(answer: Answer) -> Answer:
    """Put the safe headers on every answer that has not stated stricter ones of its own."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if settings.SERVED_SECURELY:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return with_headers


def in_disguise(answer: Answer) -> Answer:
    """Where a colleague is logged in as somebody else, that is the user of the request; both are audited."""

    def as_whom_they_act(request: HttpRequest) -> HttpResponse:
        request.told, request.notices = get_messages(request), []  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            _dress(request, request.user)
        return answer(request)

    return as_whom_they_act


def as_the_person_likes(answer: Answer) -> Answer:
    """Use the language and the time zone that the signed-in person chose."""

    def in_their_words(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone(getattr(user, "timezone", "UTC"))):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return answer(request)

    return in_their_words


class second_factor_first:
    """Where the role demands a second factor, nothing opens before one is set up and proven."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Pages say themselves that they open before (`before_second_factor`); all others do not."""
        opens_before = getattr(getattr(view, "view_class", None), "before_second_factor", False)
        user = request.user.disguised_by or request.user if isinstance(request.user, User) else None
        if user is None or opens_before or not standing.lacks_second_factor(user, request.session):
            return None
        there = reverse("accounts:factor-required")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.FORBIDDEN, headers={"HX-Redirect": there})
        return HttpResponseRedirect(there)


def _dress(request: HttpRequest, user: User) -> None:
    """Let the request's user know from where they come and who is behind them."""
    at, address = clock.now(), address_of(request) or ""
    user.from_address = address
    if (disguise := disguising.worn(request.session, user, at=at)) is None:
        return
    seen_as = disguise.user
    seen_as.disguise, seen_as.from_address, request.user = disguise, address, seen_as
    request.notices.append("accounts/disguise/_notice.html")  # type: ignore[attr-defined]
    if request.method in CHANGING:
        audit.record("disguise.acted", by=seen_as, at=at, method=request.method, path=request.path)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
