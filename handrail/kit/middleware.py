"""What every request passes, whatever it asks for."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

log = structlog.get_logger()

Answer = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER_SECONDS = "5"


class database_away:
    """While the database is away, every request gets a 503 that says to come back, never a crash page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
            return away(error)
        return None


def away(error: Exception) -> HttpResponse:
    from handrail.ui.errors import unavailable  # app ready

    log.warning("web.database_away", error=str(error).strip())
    response = unavailable()
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response
