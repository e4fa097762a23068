"""The page of every component in every state, for developers: drawn from samples, it reads nothing."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.kit import clock
from handrail.ui.views.samples import ROWS

LAYOUTS = ("panes", "settings", "sheet", "portal", "table")


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/show/list.html", _samples(request))


def layout(request: HttpRequest, name: str) -> HttpResponse:
    """One layout filled with samples."""
    if name not in LAYOUTS:
        raise Http404
    return render(request, f"ui/show/{name}.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, object]:
    direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
    return {
        "rows": ROWS,
        "moment": clock.now() - timedelta(minutes=12),
        "direction": direction,
        "layouts": LAYOUTS,
        "page_address": "?page={}".format,
    }
