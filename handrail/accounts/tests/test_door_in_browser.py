"""The door in a real Chromium with a virtual passkey device, at a name that browsers trust."""

import pytest
from playwright.sync_api import expect

from handrail.accounts import factors, passkeys
from handrail.accounts.models import Role
from handrail.accounts.tests.conftest import PASSWORD, App
from tests import browser as driving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]  # they share one server


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker, database_server):
    """A server that is reached at http://localhost, on the database of this run."""
    with django_db_blocker.unblock():
        address = driving._database_address()
    with driving.serving(address, name="localhost") as url:
        yield url


@pytest.fixture
def page(chromium, desk, transactional_db):
    """A page in a browser whose device makes passkeys by finger; an error in it fails the test."""
    context = chromium.new_context(base_url=desk, reduced_motion="reduce")
    opened, problems = context.new_page(), []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    finger = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    finger |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": finger})
    yield opened
    context.close()
    assert problems == []


def come_in(page, agent):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(agent.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_a_passkey(page):
    page.goto("/settings/security/passkeys")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="For the day the phone is gone")).to_be_visible()


def test_nadia_adds_a_passkey_and_comes_in_by_finger_the_next_time(page, nadia, with_password):
    come_in(page, with_password(nadia))
    add_a_passkey(page)
    page.context.clear_cookies()

    page.goto("/sign-in")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="My open tickets", level=1)).to_be_visible()
    assert passkeys.of(nadia.user)[0].used_at is not None


def test_after_the_password_the_passkey_is_the_second_step(page, nadia, with_password):
    come_in(page, with_password(nadia))
    add_a_passkey(page)
    page.context.clear_cookies()

    come_in(page, nadia)
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()

    expect(page.get_by_role("heading", name="My open tickets", level=1)).to_be_visible()


def test_where_it_is_required_nadia_sets_up_her_app_before_anything_opens(page, nadia, with_password):
    Role.objects.filter(key="agent").update(requires_mfa=True)
    come_in(page, with_password(nadia))
    page.get_by_role("link", name="Use an authenticator app").click()
    page.get_by_text("It cannot scan?").click()
    secret = page.locator(".copy__text").inner_text().replace(" ", "")

    page.get_by_label("Code").fill(App(secret).code())
    page.get_by_role("button", name="Add this app").click()
    page.get_by_role("button", name="Make recovery codes").click()
    expect(page.locator(".codes__list li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()

    expect(page.get_by_role("heading", name="Security", exact=True)).to_be_visible()
    assert factors.of(nadia.user).app is not None


def test_ada_is_told_on_every_page_as_whom_she_is_logged_in(page, ada, nadia, with_password):
    come_in(page, with_password(ada))
    page.goto("/settings/colleagues")
    page.get_by_role("link", name="Nadia Haddad").click()
    page.get_by_role("link", name="Log in as them").click()
    page.get_by_label("Reason").fill("Her drafts are gone")
    page.get_by_role("button", name="Log in as Nadia Haddad").click()

    expect(page.locator("#disguise")).to_contain_text("Ada Moreno, you are logged in as Nadia Haddad")
    page.get_by_role("button", name="Be yourself again").click()
    expect(page.locator("#disguise")).to_have_count(0)
