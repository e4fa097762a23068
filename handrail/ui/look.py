"""How a page should look for one viewer: theme, density, language and the direction of its writing."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from handrail.ui.links import url

THEMES = ("auto", "light", "dark")
DENSITIES = ("comfortable", "compact")


_kept_by: list[str] = []


def keep_with(url_name: str) -> None:
    """Name the route that keeps a chosen look for the signed-in person: POST theme= or density=."""
    _kept_by[:] = [url_name]


def keeper_address() -> str:
    return url(_kept_by[0]) if _kept_by else ""


@dataclass(frozen=True)
class Look:
    """What the <html> element says about this viewer."""

    theme: str
    density: str
    language: str
    direction: str


def look_of(request: HttpRequest | None) -> Look:
    """The look the signed-in person chose, else the one this browser remembers, else the default."""
    return Look(
        theme=_choice(request, "theme", THEMES),
        density=_choice(request, "density", DENSITIES),
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
    )


def _choice(request: HttpRequest | None, name: str, allowed: tuple[str, ...]) -> str:
    """A cookie is a stranger's word: anything that is not on the list counts as not said."""
    if request is None:
        return allowed[0]
    chosen = getattr(getattr(request, "user", None), name, "")
    remembered = request.COOKIES.get(f"handrail_{name}", "")
    return next((word for word in (chosen, remembered) if word in allowed), allowed[0])
