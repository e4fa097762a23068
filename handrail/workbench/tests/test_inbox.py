"""The inbox: what stands in it, for whom, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.tickets import merging
from handrail.tickets.models import Ticket
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def tickets(write):
    """So many tickets of Vera, each a mail of its own."""

    def make(count, **changes):
        subjects = [f"Parcel {n}" for n in range(count)]
        return [write(subject=each, external_id=f"{each}@x", **changes).ticket for each in subjects]

    return make


def rows_of(page, *, marked=""):
    return re.findall(rf'<li class="row[^"]*{marked}" id="row-(\d+)"', page)


def test_nadia_lands_in_her_inbox(nadia, client_of):
    answer = client_of(nadia).get("/", follow=True)

    assert answer.redirect_chain == [("/inbox", 302)]
    assert "My open tickets" in answer.content.decode()


def test_vera_lands_in_the_portal(vera, client_of):
    answer = client_of(vera).get("/")

    assert answer.status_code == 302
    assert not answer["Location"].startswith("/inbox")


def test_an_opened_ticket_is_shown_beside_the_list(nadia, lost_parcel, client_of):
    page = client_of(nadia).get(f"/inbox/unassigned/{lost_parcel.number}").content.decode()

    assert rows_of(page) == [str(lost_parcel.number)]
    assert page.count(f'id="ticket-{lost_parcel.number}-timeline"') == 1


def test_a_script_that_opens_a_ticket_gets_the_pane_and_its_side_alone(nadia, lost_parcel, client_of):
    address = f"/inbox/unassigned/{lost_parcel.number}"

    page = client_of(nadia).get(address, headers=BY_SCRIPT).content.decode()

    assert "<!doctype" not in page
    assert rows_of(page) == []
    assert '<hx-partial hx-target="#side"' in page


def test_going_back_gets_a_whole_page(nadia, lost_parcel, client_of):
    headers = {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"}

    page = client_of(nadia).get(f"/inbox/unassigned/{lost_parcel.number}", headers=headers)

    assert page.content.decode().startswith("<!doctype html>")


def test_a_view_that_is_not_hers_is_not_there(nadia, client_of):
    browser = client_of(nadia)

    assert browser.get("/inbox/team-billing-open").status_code == 404
    assert browser.get("/inbox/nonsense").status_code == 404


def test_an_empty_view_says_what_will_appear_and_offers_the_next_step(nadia, client_of):
    page = client_of(nadia).get("/inbox/mine").content.decode()

    assert "You are done" in page
    assert "See what nobody has taken" in page


def test_fifty_rows_are_shown_and_the_rest_on_demand(nadia, tickets, client_of):
    made = tickets(53)
    for n, each in enumerate(made):
        Ticket.objects.filter(pk=each.pk).update(waiting_since=NINE + timedelta(minutes=n))
    browser = client_of(nadia)

    first = browser.get("/inbox/open").content.decode()
    (more,) = re.findall(r'hx-get="(/inbox/open\?after=[^"]+)"', first)
    second = browser.get(more, headers=BY_SCRIPT).content.decode()

    numbers = [str(each.number) for each in made]
    assert (rows_of(first), rows_of(second)) == (numbers[:50], numbers[50:])
    assert "<!doctype" not in second


@pytest.mark.parametrize(("address", "most"), [("/inbox/open", 10), ("/inbox/search?q=parcel", 13)])
def test_the_inbox_costs_the_same_queries_for_one_row_and_for_three(
    nadia, tickets, write, client_of, address, most
):
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(address).content.decode()
        return len(rows_of(page)), len(queries)

    write(subject="Parcel alone")
    one = cost()
    tickets(2)
    three = cost()

    assert (one[0], three[0]) == (1, 3)
    assert one[1] == three[1]
    assert one[1] <= most


def test_what_arrived_is_counted_and_what_is_on_the_screen_is_drawn_again(nadia, omar, tickets, client_of):
    shown, touched_too, arrived = tickets(3)
    shown.assign(omar, by=nadia, at=NINE)
    numbers = [each.number for each in (shown, touched_too, arrived)]
    query = f"touched={numbers[0]},{numbers[2]}&shown={numbers[0]},{numbers[1]}"

    page = client_of(nadia).get(f"/inbox/unassigned/news?{query}", headers=BY_SCRIPT).content.decode()

    assert rows_of(page) == rows_of(page, marked="row--gone") == [str(shown.number)]
    assert "1 new" in page
    assert re.search(r'id="view-unassigned".*?<span class="count">2</span>', page)


def test_news_names_no_ticket_that_may_not_be_seen(piet, tickets, client_of):
    (secret,) = tickets(1)
    query = f"touched={secret.number}&shown={secret.number}"

    page = client_of(piet).get(f"/inbox/open/news?{query}", headers=BY_SCRIPT).content.decode()

    assert Ticket.objects.count() == 1
    assert rows_of(page) == []
    assert "1 new" not in page


def test_nonsense_among_the_numbers_is_passed_over(nadia, client_of):
    answer = client_of(nadia).get("/inbox/open/news?touched=x,-1,²,999999999999999999999&shown=,,")

    assert answer.status_code == 200


def test_the_command_bar_finds_tickets_by_number_and_word_and_people_by_name(nadia, lost_parcel, client_of):
    browser = client_of(nadia)

    by_number = browser.get(f"/inbox/jump?q={lost_parcel.number}").content.decode()
    by_word = browser.get("/inbox/jump?q=delivery").content.decode()
    by_name = browser.get("/inbox/jump?q=lindq").content.decode()

    assert f"#{lost_parcel.number} Where is my parcel?" in by_number
    assert f"#{lost_parcel.number} Where is my parcel?" in by_word
    assert f"/customers/{lost_parcel.requester_id}" in by_name


def test_the_command_bar_finds_nothing_of_another_brand(piet, lost_parcel, client_of):
    browser = client_of(piet)

    found = [
        browser.get(f"/inbox/jump?q={q}").content.decode() for q in (lost_parcel.number, "delivery", "lindq")
    ]

    assert [("Where is" in page, "Lindqvist" in page) for page in found] == [(False, False)] * 3


def test_searched_words_are_shown_as_they_were_typed(nadia, client_of):
    page = client_of(nadia).get('/inbox/search?q="><script>x()</script>').content.decode()

    assert "<script>x()" not in page
    assert "&lt;script&gt;x()" in page


def test_an_agent_listens_to_the_brand_and_a_light_agent_to_her_team(nadia, lena, house, client_of):
    def topics(agent):
        return re.findall(r'data-live="([^"]*) list"', client_of(agent).get("/inbox/open").content.decode())

    assert topics(nadia) == [f"brand:{house.harbour.pk}"]
    assert topics(lena) == [f"team:{house.parcels.pk}"]


def test_a_merged_ticket_leads_to_its_survivor_and_a_deleted_one_to_the_trash(
    nadia, iris, piet, write, lost_parcel, client_of
):
    other = write(external_id="other@x", subject="The van").ticket
    gone = write(external_id="gone@x", subject="Spam").ticket
    merging.merge([other], into=lost_parcel, by=nadia, at=NINE)
    gone.trash(by=iris, reason="mistake", at=NINE)

    merged = client_of(nadia).get(f"/inbox/all/{other.number}", follow=True)
    by_script = client_of(nadia).get(f"/inbox/all/{other.number}", headers=BY_SCRIPT)
    deleted = client_of(iris).get(f"/inbox/all/{gone.number}", follow=True)

    assert merged.redirect_chain[-1][0] == f"/tickets/{lost_parcel.number}"
    assert by_script["HX-Redirect"] == f"/tickets/{other.number}"
    assert deleted.redirect_chain[-1][0] == f"/trash/{gone.number}"
    for who, number in ((nadia, gone.number), (piet, gone.number), (piet, other.number)):
        assert client_of(who).get(f"/inbox/all/{number}").status_code == 404
