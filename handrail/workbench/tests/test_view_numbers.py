"""Numbers beside views that no sum knows: counted after the page, true for whoever looks."""

from datetime import timedelta

from handrail.kit import clock
from handrail.tickets.models.view import ViewCount
from handrail.workbench.tests.pages_of_views import count_in
from tests.cast import NINE


def test_numbers_that_cost_reading_tickets_are_counted_after_the_page(nadia, refund, kept, client_of):
    browser, view = client_of(nadia), kept(text="status:live waiting>0h")

    first = browser.get("/inbox/open").content.decode()
    assert count_in(first, view) is None
    assert 'hx-get="/inbox/open/counts"' in first

    assert count_in(browser.get("/inbox/open/counts").content.decode(), view) == 1

    again = browser.get("/inbox/open").content.decode()
    assert count_in(again, view) == 1
    assert "/inbox/open/counts" not in again


def test_a_number_stands_no_longer_than_it_may_and_not_when_the_view_changed(nadia, refund, kept, client_of):
    browser, view = client_of(nadia), kept(text="status:live waiting>0h")
    browser.get("/inbox/open/counts")
    refund.close(by=nadia, reason="solved", at=NINE)
    ViewCount.objects.update(at=clock.now() - timedelta(minutes=2))

    old = browser.get("/inbox/open").content.decode()
    assert count_in(old, view) == 1  # until the new one is there
    assert "/inbox/open/counts" in old
    assert count_in(browser.get("/inbox/open/counts").content.decode(), view) == 0

    view.change(by=nadia, at=clock.now(), text="status:live waiting>1h")
    assert count_in(browser.get("/inbox/open").content.decode(), view) is None


def test_S_021_a_number_that_was_counted_with_other_eyes_is_not_shown(nadia, refund, kept, client_of):
    browser, view = client_of(nadia), kept(text="status:live waiting>0h")
    browser.get("/inbox/open/counts")
    nadia.teams.clear()

    assert count_in(browser.get("/inbox/open").content.decode(), view) is None
