"""Django's Jinja2 backend for our own rooms; their folders stand in the TEMPLATES setting.

The templates of other apps (sign-in, the admin) stay with Django's own engine, which is asked second.
"""

from django.template.backends.jinja2 import Jinja2


class Jinja2Templates(Jinja2):
    """Renders the pages and fragments of the rooms."""

    app_dirname = "templates"
