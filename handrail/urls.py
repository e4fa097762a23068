"""Every address of the web application: each room brings its own, from the top floor down."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")
]

handler400 = "handrail.ui.errors.bad_request"
handler403 = "handrail.ui.errors.forbidden"
handler404 = "handrail.ui.errors.not_found"
handler500 = "handrail.ui.errors.server_error"
