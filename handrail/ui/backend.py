"""Django's Jinja2 backend for our own rooms; their folders stand in the TEMPLATES setting.

The templates of other apps (sign-in, the admin) stay with Django's own engine, which is asked second.
"""

from typing import Any

from django.template.backends.jinja2 import Jinja2
from django.utils.translation import get_language

from handrail.ui.folding import FoldingEnvironment


class Jinja2Templates(Jinja2):
    """Renders the pages and fragments of the rooms, in the language that is active then."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        self._environments: dict[str, FoldingEnvironment] = {}
        super().__init__(params)

    @property
    def env(self) -> FoldingEnvironment:
        """The environment for the active language."""
        language = get_language() or ""
        found = self._environments.get(language)
        if found is None:
            found = self._environments[language] = self._first.speaking(language)
        return found

    @env.setter
    def env(self, first: FoldingEnvironment) -> None:
        self._first = first
