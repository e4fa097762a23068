"""A real Chromium against a real server process, live updates included.

`browser(nadia)` is a page in which she is signed in; `browser(nadia, phone=True)` is her phone. The server is
granian as `handrail web` runs it, on the database of the test run: tests arrange with the cast and look
at the result in the same rows.
"""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from handrail.ui import bundle
from tests import ready
from tests.ports import free_port

STARTS_WITHIN_SECONDS = 120
#: What a window without eyes needs not: most of all a page of its own below the place for addresses, which
#: takes as long as ours. The last list given wins, so what Playwright turns off is named here again.
OFF = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled", "LensOverlay"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect", "PaintHolding"),
    *("DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter"),
    *(
        "NetworkTimeServiceQuerying",
        "OptimizationHints",
        "PreconnectToSearch",
        "ThirdPartyStoragePartitioning",
    ),
]
#: Chromium stays on this machine and asks nobody for updates, spelling or translations.
FLAGS = [
    f"--disable-features={','.join(OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 375, "height": 812}
#: Seconds in which an answer can be taken back, in the server that browsers talk to.
UNDO_SECONDS = "4"

#: So long on a machine that has much else to do.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; each test gets contexts of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("The browser tests need Chromium: bin/chromium says how to install it.")
    if not (bundle.BUILD / "manifest.json").exists():
        pytest.fail("The browser tests need the front end: npm run build")
    with sync_playwright() as playwright, ready.patience():
        # Playwright keeps an event loop in this thread; our queries still run outside of it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def served(django_db_setup: None, django_db_blocker: Any, database_server: str) -> Iterator[str]:
    """The address of a server process that works on the database of this run."""
    with django_db_blocker.unblock():
        address = _database_address()
    with serving(address) as url:
        yield url


@contextmanager
def serving(address: str, *, name: str = "127.0.0.1", **own: str) -> Iterator[str]:
    """A server process on the database at that address. own: further words of its environment."""
    port = free_port()
    url = f"http://{name}:{port}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "HANDRAIL_PORT": str(port),
        "HANDRAIL_BASE_URL": url,
        "HANDRAIL_UNDO_SECONDS": UNDO_SECONDS,
    }
    log = Path(os.environ["HANDRAIL_TEST_HOME"]) / f"served-{port}.log"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "handrail", "web"]
        process = subprocess.Popen(command, env=environment | own, stdout=file, stderr=file)
    try:
        _wait_for(port, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def browser(
    chromium: Browser, served: str, transactional_db: None, client_of: Callable[..., Any]
) -> Iterator[Callable[..., Page]]:
    """`browser(nadia, phone=…, dark=…, script=…, slow_ms=…)`: a page; an error in it fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(
        who: Any = None, *, phone: bool = False, dark: bool = False, script: bool = True, slow_ms: int = 0
    ) -> Page:
        context = chromium.new_context(
            base_url=served,
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if who is not None:
            _sign_in(context, client_of(who), served)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        if slow_ms:
            page.route("**/*", _after(slow_ms))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def _after(slow_ms: int) -> Callable[[Route], None]:
    """Let every request wait, as on a slow line."""

    def go_on(route: Route) -> None:
        time.sleep(slow_ms / 1000)
        route.continue_()

    return go_on


def _sign_in(context: BrowserContext, client: Any, served: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": served}])


def _database_address() -> str:
    now = connection.settings_dict
    user, password = quote(now["USER"]), quote(now["PASSWORD"] or "")
    place = f"host={quote(str(now['HOST']), safe='')}" + (f"&port={now['PORT']}" if now["PORT"] else "")
    return f"postgresql://{user}:{password}@/{now['NAME']}?{place}"


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as caller:
            caller.request("GET", "/sign-in")
            if caller.getresponse().status < 500:
                return
        time.sleep(0.2)
    pytest.fail(f"The server for the browser did not start:\n{log.read_text(errors='replace')[-3000:]}")
