"""What the tests of the design system share: a person who may do some things, and templates from a string."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from handrail.ui.bundle import BUILD
from handrail.ui.tests.browser import serving

#: What tests here bring about on purpose.
EXPECTED = ("Failed to load resource", "Blocked script execution")


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


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not (BUILD / "manifest.json").exists():
        pytest.skip("the front end is not built: npm run build")
    with serving() as where:
        yield where


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """The one Chromium of the whole run: two of them in one process get into each other's way."""
    return chromium


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose errors fail the test: a refused script or style would show there."""
    opened = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda line: troubles.append(line.text) if is_trouble(line) else None)
    yield opened
    opened.close()
    assert troubles == []


def is_trouble(line: ConsoleMessage) -> bool:
    return line.type == "error" and not line.text.startswith(EXPECTED)


@pytest.fixture
def inbox(page: Page) -> Page:
    page.goto("/ui/panes")
    expect(page.locator(".editor")).to_be_visible()
    return page
