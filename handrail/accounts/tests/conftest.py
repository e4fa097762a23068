"""What the tests of the door need: passwords, an authenticator app, a passkey, and somebody at the door."""

import html
import json
import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from handrail.accounts import factors, links
from handrail.accounts.models import Letter, User
from handrail.accounts.tests.software_key import SoftwareKey
from handrail.events.live import gates
from handrail.kit import clock

LOCAL = {"Host": "localhost"}
PASSWORD = "a quiet harbour at dawn"


class App:
    """An authenticator app on a phone. Codes of the next steps are right too, and each counts once."""

    def __init__(self, secret: str) -> None:
        self.secret, self.ahead = secret, -1

    def code(self) -> str:
        self.ahead += 1
        assert self.ahead <= 1, "this app has no third code within a minute"
        counter = int(time.time()) // 30 + self.ahead
        return str(totp.format_hotp_value(totp.hotp_value(self.secret, counter)))


@pytest.fixture
def with_password():
    """Give somebody the password of this module."""

    def give(agent):
        agent.user.choose_password(PASSWORD, by=agent.user, at=clock.now())
        return agent

    return give


@pytest.fixture
def app_of():
    """Give somebody an authenticator app; `app_of(nadia).code()` is the code it shows."""

    def give(agent) -> App:
        app = App(factors.new_app_secret())
        factors.add_app(agent.user, secret=app.secret, code=app.code(), at=clock.now())
        return app

    return give


@pytest.fixture
def at_localhost(settings) -> str:
    """A site that browsers trust with passkeys."""
    settings.BASE_URL = "http://localhost:8000"
    settings.ALLOWED_HOSTS = ["localhost"]
    return "localhost"


@pytest.fixture
def key(at_localhost) -> SoftwareKey:
    """A device that makes passkeys for that site."""
    return SoftwareKey(origin="http://localhost:8000", site="localhost")


@pytest.fixture
def path_to():
    """The path of a new sign-in link for somebody."""

    def issue(agent, **more) -> str:
        return links.issue(user=agent.user, at=clock.now(), **more).removeprefix(settings.BASE_URL)

    return issue


@pytest.fixture
def letters_to(db):
    """The letters written to somebody, oldest first."""
    return lambda agent: list(Letter.objects.filter(to=agent.user.email).order_by("written_at"))


@pytest.fixture
def sign_in():
    """Knock with an address and a password: `sign_in(nadia)`, `sign_in(nadia, password="wrong")`."""

    def knock(agent=None, *, email="", password=PASSWORD, browser=None, **more):
        browser = browser or Client()
        email = email or agent.user.email
        return browser.post("/sign-in", {"email": email, "password": password, **more})

    return knock


def add_passkey(browser: Client, key: SoftwareKey):
    """Make a passkey as the page for it does; the answer of the server."""
    page = browser.get("/settings/security/passkeys", headers=LOCAL).content.decode()
    found = re.search(r"data-passkey-given-value='([^']+)'", page)
    assert found is not None, "the page offers no passkey"
    made = key.make(json.loads(html.unescape(found.group(1))))
    typed = {"name": "Laptop", "credential": json.dumps(made)}
    return browser.post("/settings/security/passkeys", typed, headers=LOCAL)


def prove_passkey(browser: Client, key: SoftwareKey, *, place: str = "/sign-in/passkey", **more: bool):
    """Prove a passkey as the sign-in page does; the answer of the server."""
    options = browser.get("/sign-in/passkey", headers=LOCAL).json()
    return browser.post(place, {"credential": json.dumps(key.sign(options, **more))}, headers=LOCAL)


def is_signed_in(browser: Client) -> bool:
    """Whether pages open that want somebody to be signed in."""
    return browser.get("/settings/security").status_code == 200


@pytest.fixture
def run_jobs(db):
    """Do what this room has put into the queue, in this transaction."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'handrail.accounts.%' "
                "RETURNING task_name, args"
            )
            queued = cursor.fetchall()
        for name, arguments in queued:
            import_string(name)(**json.loads(arguments))

    return run


def viewer_of(browser: Client):
    """Who the live process takes this browser for."""
    return gates.who_is(
        f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    )


def root_of(house) -> User:
    """Somebody else with every right."""
    role = house.roles["admin"]
    return User.objects.invite(
        email="root@harbour.example", name="Root", role=role, brands=[], at=clock.now()
    )
