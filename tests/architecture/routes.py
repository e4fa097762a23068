"""Every route of ours, read from Django's URL registry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address. name: "room:name", or the pattern when it has none. parameters: in their order."""

    name: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def view_class(self) -> Any:
        """The class behind the address; None when it is a plain function."""
        return getattr(self.view, "view_class", None)

    @property
    def methods(self) -> tuple[str, ...]:
        """What it answers to: GET, POST …; a plain function says so in `methods`, else it is read only."""
        if self.view_class is None:
            return tuple(getattr(self.view, "methods", ("GET",)))
        return tuple(method.upper() for method in METHODS if hasattr(self.view_class, method))


def routes() -> list[Route]:
    """All of them, in the order in which they are tried."""
    return list(_inside(get_resolver().url_patterns, ""))


def _inside(patterns: list[URLPattern | URLResolver], room: str) -> Iterator[Route]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _inside(each.url_patterns, each.namespace or room)
        else:
            name = f"{room}:{each.name}" if room and each.name else each.name or str(each.pattern)
            parameters = tuple(each.pattern.converters)
            yield Route(name=name, view=each.callback, parameters=parameters)
