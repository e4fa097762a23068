"""Nobody acts on a page before it is ready: whatever a test presses, fills in or types waits until then.

Else a test on a busy machine presses keys that nobody hears yet, or writes into what is about to be replaced.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Keyboard, Locator, Page, TimeoutError

#: What hands do; reading and waiting for something need no page that is ready.
ACTS = """
    check clear click dblclick drag_to fill focus press press_sequentially select_option set_checked
    set_input_files tap uncheck
""".split()  # noqa: SIM905  a list of words reads best as words
_TELLS = (Path(__file__).parent / "ready.js").read_text()


def wait_until_ready(page: Page) -> None:
    """Its controllers are connected, its editors stand, and no request of its own is under way."""
    _wait(page, "() => !window.waitsFor?.()", lambda: f"the page waits for {page.evaluate('waitsFor()')}")


def wait_until_it_hears(page: Page) -> None:
    """Its live stream is open: what changes from now on reaches it."""
    _wait(page, "() => window.hears()", lambda: "no live stream was opened")


def _wait(page: Page, until: str, otherwise: Callable[[], str]) -> None:
    try:
        page.wait_for_function(until)
    except TimeoutError:
        pytest.fail(otherwise())


class PatientKeyboard:
    """A keyboard whose keys wait for their page."""

    def __init__(self, page: Page, keyboard: Keyboard) -> None:
        self.page, self.keyboard = page, keyboard

    def press(self, key: str, **how: Any) -> None:
        wait_until_ready(self.page)
        self.keyboard.press(key, **how)

    def type(self, text: str, **how: Any) -> None:
        wait_until_ready(self.page)
        self.keyboard.type(text, **how)


@contextmanager
def patience() -> Iterator[None]:
    """Meanwhile each page that a browser opens tells when it is ready, and each act waits for that."""
    keyboard = Page.__dict__["keyboard"].fget
    with pytest.MonkeyPatch.context() as patch:
        for act in ACTS:
            patch.setattr(Locator, act, _patient(getattr(Locator, act)))
        patch.setattr(Page, "keyboard", property(lambda page: PatientKeyboard(page, keyboard(page))))
        patch.setattr(Browser, "new_context", _telling(Browser.new_context))
        patch.setattr(Browser, "new_page", _telling(Browser.new_page))
        yield


def _patient(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def patiently(one: Locator, *what: Any, **how: Any) -> Any:
        wait_until_ready(one.page)
        return act(one, *what, **how)

    return patiently


def _telling(opens: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(opens)
    def opens_and_tells(*what: Any, **how: Any) -> BrowserContext | Page:
        opened: BrowserContext | Page = opens(*what, **how)
        if how.get("java_script_enabled", True):
            opened.add_init_script(_TELLS)
        return opened

    return opens_and_tells
