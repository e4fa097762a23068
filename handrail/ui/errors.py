"""Error pages: what happened, that nothing was lost, what to do next. They never repeat what was asked.

They need neither the database nor a signed-in person, so that they work when everything else does not.
"""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

log = structlog.get_logger()

#: What the database driver raises while the database is away.
AWAY = (OperationalError, InterfaceError, PoolTimeout)
RETRY_AFTER_SECONDS = "5"


def bad_request(_request: HttpRequest, _exception: Exception | None = None, **_later: object) -> HttpResponse:
    return _page(400)


def forbidden(_request: HttpRequest, _exception: Exception | None = None, **_later: object) -> HttpResponse:
    return _page(403)


def not_found(_request: HttpRequest, _exception: Exception | None = None, **_later: object) -> HttpResponse:
    return _page(404)


def conflict() -> HttpResponse:
    """409 for a whole page; a fragment that comes too late answers in its own words."""
    return _page(409)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500; but while the database is away 503, whatever part of the request noticed it first."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        log.warning("web.database_away", error=str(error).strip())
        return unavailable()
    return _page(500)


def unavailable() -> HttpResponse:
    """503, to be asked again in a few seconds."""
    response = _page(503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_refused(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from elsewhere, or the page was open for too long."""
    log.info("web.form_refused", reason=reason)
    return _page(403, template="ui/errors/stale.html")


def _page(status: int, *, template: str = "") -> HttpResponse:
    return HttpResponse(render_to_string(template or f"ui/errors/{status}.html"), status=status)
