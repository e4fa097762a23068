"""Other sites cannot act in somebody's name: every change wants our token, and reading changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from handrail.accounts.access import TokenView
from handrail.accounts.tests.test_tokens import token_for
from tests.architecture.routes import routes
from tests.architecture.test_role_table import ROWS, parameters_of

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
ROUTES = {route.name: route for route in routes()}
PAGES = [
    row for row in ROWS if row.method in CHANGING and not issubclass(ROUTES[row.route].view_class, TokenView)
]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_S_063_a_form_of_another_site_is_refused_by_every_route(row, request, client_of, ada):
    asked_for = request.getfixturevalue(row.asked_for) if row.asked_for else None
    address = reverse(row.route, kwargs=parameters_of(ROUTES[row.route], asked_for))
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client_of(ada).cookies

    answer = browser.generic(row.method, address, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_S_063_signing_somebody_in_from_another_site_is_refused(nadia, with_password, sign_in):
    browser = Client(enforce_csrf_checks=True)

    assert sign_in(with_password(nadia), browser=browser).status_code == 403


def test_S_063_a_program_needs_no_token_against_forgery_because_no_cookie_counts(iris):
    browser = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token_for(iris)}"})

    assert browser.post("/api/me").status_code == 405


def test_S_063_every_address_that_changes_something_is_deaf_to_get():
    """A route whose name is a deed has no GET."""
    deeds = (
        "-removal",
        "sign-out",
        "-revocation",
        "suspension",
        "restoration",
        "invitation",
        "sessions",
        "-check",
    )

    found = [route.name for route in ROUTES.values() if route.name.endswith(deeds)]

    assert len(found) > 8
    assert [name for name in found if "GET" in ROUTES[name].methods] == []
