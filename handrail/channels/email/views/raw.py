"""The bytes of a mail as a download that no browser mistakes for a page."""

from django.http import HttpResponse


def as_text(raw: bytes | memoryview, *, name: str) -> HttpResponse:
    """Plain text to be saved, never shown in place. name: ours, not the sender's."""
    response = HttpResponse(bytes(raw), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
