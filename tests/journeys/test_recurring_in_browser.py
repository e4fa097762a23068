"""A recurring ticket in a real browser: a rule with its next days, the day that comes, a pause, the end."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from handrail.kit import clock
from handrail.tickets.models import RecurringTicket, Ticket, TicketTemplate
from handrail.tickets.models.ticket_template import Beginning
from handrail.tickets.recurring import running

pytestmark = pytest.mark.browser

CHECK = Beginning(
    name="Check of the scales",
    way="internal",
    mode="note",
    subject="Weigh the scales",
    text="Weigh them with the one-kilo piece.",
    actions=[["tag", "scales"], ["priority", "4"]],
)


@pytest.fixture
def template(iris):
    return TicketTemplate.make(CHECK, by=iris, at=clock.now())


def _the_day_comes() -> None:
    """As the worker finds it at the moment for which it is due."""
    with transaction.atomic():
        recurring = RecurringTicket.objects.select_for_update(of=("self",)).get()
        assert recurring.next_at
        running.run_next(recurring, at=recurring.next_at + timedelta(minutes=1))


def test_a_rule_is_made_its_day_comes_it_rests_and_ends(browser, iris, template):
    page = browser(iris)
    page.goto("/settings/recurring")
    page.get_by_role("link", name="New recurring ticket").click()
    _fills_in_the_rule(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Monthly scales")).to_be_visible()
    made = RecurringTicket.objects.get()

    _the_day_comes()

    page.reload()
    page.get_by_role("link", name=f"#{Ticket.objects.get().number}").click()
    expect(page.get_by_role("heading", name="Weigh the scales", exact=True)).to_be_visible()
    expect(page.locator(".message--note")).to_contain_text("Weigh them with the one-kilo piece.")
    expect(page.locator(".tag")).to_contain_text("scales")
    expect(page.locator(".event", has_text="Monthly scales")).to_be_visible()
    assert Ticket.objects.get().priority == Ticket.Priority.URGENT
    page.goto(f"/settings/recurring/{made.pk}")
    _rests_goes_on_and_ends(page)


def _fills_in_the_rule(page: Page) -> None:
    """The next days follow while the form is filled in, before anything is kept."""
    page.get_by_label("Name").fill("Monthly scales")
    page.get_by_label("Template").select_option(label="Check of the scales")
    page.get_by_label("First day").fill("2030-01-31")
    page.get_by_label("On (of a month or year)").select_option(label="the last day")
    ahead = page.locator("#recurring-ahead li")
    expect(ahead.nth(1)).to_have_text("28 Feb 2030")
    page.get_by_label("Days before").fill("2")
    page.get_by_label("Days before").press("Tab")
    expect(ahead.nth(1)).to_contain_text("opens on 26 Feb 2030")
    expect(ahead).to_have_count(5)
    assert not RecurringTicket.objects.exists()


def _rests_goes_on_and_ends(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Nothing opens until it goes on.").first).to_be_visible()
    assert RecurringTicket.objects.get().next_at is None
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert RecurringTicket.objects.get().next_at

    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No recurring tickets yet")).to_be_visible()
    assert not RecurringTicket.objects.exists()
    assert Ticket.objects.count() == 1
