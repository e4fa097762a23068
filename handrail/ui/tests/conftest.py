"""What the tests of the design system share: a person who may do some things, and templates from a string."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


@dataclass
class Colleague:
    """As much of a user as the design system knows: it stands below the room of accounts."""

    name: str = "Nadia Haddad"
    theme: str = ""
    density: str = ""
    rights: frozenset[str] = field(default_factory=frozenset)
    is_authenticated: bool = True

    def may(self, right: str) -> bool:
        return right in self.rights


@pytest.fixture
def nadia() -> Colleague:
    return Colleague(rights=frozenset({"tickets.read"}))


@pytest.fixture
def request_of():
    """A request made by somebody, to an address."""

    def made(person: Colleague | None = None, path: str = "/", **cookies: str) -> HttpRequest:
        request = RequestFactory().get(path)
        request.COOKIES.update(cookies)
        if person is not None:
            request.user = person  # type: ignore[assignment]
        return request

    return made


@pytest.fixture
def draw():
    """Renders a template given as a string, in the environment of all our pages."""

    def drawn(source: str, **inputs: Any) -> str:
        environment = next(engine.env for engine in engines.all() if hasattr(engine, "env"))
        return str(environment.from_string(source).render(**inputs))

    return drawn
