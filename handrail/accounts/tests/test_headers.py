"""Safe headers on every class of answer, and cookies that only this host over TLS can set."""

import importlib
import os
import subprocess
import sys

import pytest
from django.test import Client

from handrail.accounts.middleware import POLICY

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def answers(nadia, client_of):
    """One answer of each class."""
    browser = client_of(nadia)
    fragment = {"HX-Request": "true"}
    return {
        "page": browser.get("/settings/profile"),
        "page for strangers": Client().get("/sign-in"),
        "fragment": browser.get("/settings/security", headers=fragment),
        "redirect": Client().get("/settings/profile"),
        "refused form": Client().post("/sign-in", {}),
        "api": Client().get("/api/me"),
        "forbidden": browser.get("/settings/roles"),
        "not found": browser.get("/nowhere"),
        "wrong method": browser.get("/sign-out"),
        "bad request": Client().get("/sign-in", HTTP_HOST="evil.example"),
        "forged": Client(enforce_csrf_checks=True).post("/sign-in", {}),
        "no content": browser.post("/settings/look", {"theme": "dark"}),
    }


def test_S_108_every_class_of_answer_has_the_safe_headers(nadia, client_of):
    for what, answer in answers(nadia, client_of).items():
        found = {name: answer.get(name) for name in EVERYWHERE}
        assert found == EVERYWHERE, what
        assert answer["Content-Security-Policy"] == POLICY, what
        assert answer["Cache-Control"] == "private, no-store", what


def test_S_108_the_policy_allows_nothing_inline_and_no_other_site():
    directives = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))

    assert "unsafe" not in POLICY
    assert directives["default-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_S_108_a_crash_has_the_safe_headers_and_tells_nothing(nadia, client_of, monkeypatch):
    from handrail.accounts.views.security import SecurityView

    def crash(*_anything):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(SecurityView, "get", crash)
    browser = client_of(nadia)
    browser.raise_request_exception = False

    answer = browser.get("/settings/security")

    assert answer.status_code == 500
    assert "secret of the house" not in answer.content.decode()
    assert answer["Content-Security-Policy"] == POLICY


SECURE = """
import django; django.setup()
from django.conf import settings
from django.test import Client
from django.contrib.sessions.backends.base import SessionBase
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
print(settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY, settings.LANGUAGE_COOKIE_HTTPONLY)
print(settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE, settings.LANGUAGE_COOKIE_SAMESITE)
answer = Client(SERVER_NAME="desk.example").get("/nowhere", secure=True)
print(answer["Strict-Transport-Security"])
"""


def test_S_108_over_tls_cookies_belong_to_this_host_and_browsers_stay_with_tls(database_server):
    environment = os.environ | {
        "HANDRAIL_BASE_URL": "https://desk.example",
        "DJANGO_SETTINGS_MODULE": "handrail.settings",
    }

    told = subprocess.run(
        [sys.executable, "-c", SECURE], env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert all(name.startswith("__Host-") for name in told[0].split())
    assert told[1:4] == ["True True True", "True True True", "Lax Lax Lax"]
    assert told[4].startswith("max-age=31536000")


def test_S_108_no_cookie_is_set_beside_those_of_the_settings(nadia, with_password, sign_in, settings):
    browser = Client()
    browser.get("/sign-in")
    sign_in(with_password(nadia), browser=browser)
    browser.post("/settings/profile", {"name": "Nadia"})

    assert set(browser.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in browser.cookies.values())


@pytest.mark.parametrize("module", ["handrail.accounts.middleware"])
def test_the_headers_stand_outermost_so_that_no_answer_escapes_them(module, settings):
    assert settings.MIDDLEWARE[0] == f"{module}.security_headers"
    assert importlib.import_module(module)
