"""The hidden field that proves a form is ours: made once for a page, however many forms stand on it."""

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject


def once(request: HttpRequest) -> dict[str, object]:
    """A context processor for `csrf_input`."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}
