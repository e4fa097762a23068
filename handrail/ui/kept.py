"""Parts of every page that are alike for all who may do the same: drawn once for them, then kept."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from jinja2 import Environment, pass_environment
from markupsafe import Markup

from handrail.ui import commands, navigation

#: More are not kept; a desk has so many roles, languages and places.
KEPT_AT_MOST = 1_000

_drawn: dict[tuple[object, ...], Markup] = {}


@pass_environment
def kept(env: Environment, template: str, request: HttpRequest, **given: str) -> Markup:
    """The template drawn with `request` and what is given.

    It may say nothing of the person behind the request but what they may do, and nothing of the moment.
    """
    rights = [place.right for place in navigation.registered()]
    rights += [command.right for command in commands.registered()]
    allowed = tuple(navigation.allowed(request, right) for right in rights)
    signed_in = navigation.signed_in(request)
    key = (template, get_language(), signed_in, allowed, tuple(given.values()))
    if (drawn := _drawn.get(key)) is None:
        drawn = Markup(env.get_template(template).render(request=request, **given))  # noqa: S704 our own
        if not settings.DEBUG:
            _keep(key, drawn)
    return drawn


def _keep(key: tuple[object, ...], drawn: Markup) -> None:
    if len(_drawn) >= KEPT_AT_MOST:
        _drawn.clear()
    _drawn[key] = drawn
