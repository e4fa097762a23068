"""Browsers of a trial: who is let in, and asking for pages as a browser does."""

import http.client
import json
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from handrail.cli._complaint import Complaint
from handrail.cli.bench._trial import Trial

STARTS_WITHIN_SECONDS = 180
#: What a path and its question keep; words of other scripts are put in signs that an address may hold.
ADDRESS_SIGNS = "/?&=%#:+,()[]!*'@~"
#: Lets people in without their mailbox, as nobody can from outside.
_LET_IN = """
import json
from django.conf import settings
from django.test import Client
from handrail.accounts.models import User
from handrail.kit import clock
found = {{}}
for email in {emails!r}:
    browser = Client()
    browser.force_login(User.objects.get(email=email))
    session = browser.session
    session["proven_at"] = session["second_factor_at"] = clock.now().isoformat()
    session.save()
    found[email] = f"{{settings.SESSION_COOKIE_NAME}}={{browser.cookies[settings.SESSION_COOKIE_NAME].value}}"
print(json.dumps([settings.CSRF_COOKIE_NAME, found]))
"""
#: Answers of a page that went well, and of a form that leads on.
FINE = frozenset({http.HTTPStatus.OK, http.HTTPStatus.FOUND, http.HTTPStatus.SEE_OTHER})


@dataclass
class Browser:
    """One connection of somebody who is signed in."""

    port: int
    cookie: str
    csrf: str
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> str:
        """The page; raises Complaint when there is none."""
        return self._ask("GET", quote(path, safe=ADDRESS_SIGNS), None, {})

    def post(self, path: str, **fields: object) -> str:
        """Send a form; returns the page, or the address it leads to."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.csrf}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, verb: str, path: str, body: str | None, more: dict[str, str]) -> str:
        origin = f"http://127.0.0.1:{self.port}"
        self.line.request(verb, path, body, {"Cookie": self.cookie, "Origin": origin, **more})
        answer = self.line.getresponse()
        said = answer.read()
        if answer.status not in FINE:
            raise Complaint(f"{verb} {path} answered {answer.status}: {said[-400:].decode(errors='replace')}")
        return answer.headers.get("Location") or said.decode()


def let_in(desk: Trial, port: int, emails: Iterable[str]) -> list[Callable[[], Browser]]:
    """For each of these people something that opens a browser."""
    known = list(emails)
    told = desk.said("shell", "--command", _LET_IN.format(emails=known), HANDRAIL_PORT=str(port))
    name, cookies = json.loads(told.strip().splitlines()[-1])
    token = secrets.token_hex(16)
    return [
        lambda cookie=cookies[email]: Browser(port, f"{cookie}; {name}={token}", token)  # type: ignore[misc]
        for email in known
    ]


def wait_for_web(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/sign-in")
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise Complaint("The web process did not start.")
