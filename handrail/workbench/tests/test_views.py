"""Saved views: kept from what was asked, shared by right, counted exactly, arranged by each for oneself."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.tickets.models import BulkOrder, Ticket, View
from handrail.workbench.tests.pages_of_views import count_in, counted, rows_of
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
WISH = {"name": "Refunds", "text": "status:live tag:refund", "shape": "list", "dated_by": "created"}


def test_a_filter_that_is_wrong_marks_its_word_and_offers_the_nearest(nadia, lost_parcel, client_of):
    page = client_of(nadia).get("/inbox/open?q=owner:me statsu:open").content.decode()

    assert "owner:me <mark>statsu</mark>:open" in page
    assert 'aria-invalid="true"' in page
    assert "?q=owner%3Ame+status%3Aopen" in page
    assert rows_of(page) == []


def test_what_is_asked_becomes_a_view_in_one_step(nadia, lost_parcel, refund, client_of):
    browser = client_of(nadia)
    form = browser.get("/inbox/views/new?from=open&q=tag:refund sort:-created").content.decode()

    answer = browser.post("/inbox/views/new", {**WISH, "audience": "person"})
    page = browser.get(answer["Location"]).content.decode()

    view = View.objects.get()
    assert 'value="status:new,open tag:refund"' in form
    assert '<option value="-created" selected>' in form
    assert answer["Location"] == f"/inbox/{view.key}"
    assert rows_of(page) == [str(refund.number)]
    assert count_in(counted(browser, view), view) == 1


def test_a_view_with_a_filter_that_is_wrong_is_not_kept_and_says_why(nadia, client_of):
    answer = client_of(nadia).post("/inbox/views/new", {**WISH, "text": "status:opne", "audience": "person"})

    assert answer.status_code == 422
    assert "“opne”" in answer.content.decode()
    assert not View.objects.exists()


def test_only_who_may_keeps_views_for_everyone(nadia, iris, client_of):
    wish = {**WISH, "audience": "everyone"}

    answers = [client_of(who).post("/inbox/views/new", wish).status_code for who in (nadia, iris)]

    assert answers == [422, 303]


def test_who_sees_a_view(nadia, omar, lena, kept, house, client_of):
    mine = kept(name="Mine")
    ours = kept(name="Ours", audience="team", team=house.parcels)
    everyones = kept(name="Everyones", audience="everyone")

    def seen(agent):
        page = client_of(agent).get("/inbox/open").content.decode()
        return [f'id="view-{view.key}"' in page for view in (mine, ours, everyones)]

    assert seen(nadia) == [True, True, True]
    assert seen(lena) == [False, True, True]
    assert seen(omar) == [False, False, True]
    assert client_of(omar).get(f"/inbox/{ours.key}").status_code == 404


def test_S_021_a_shared_view_shows_and_counts_only_what_its_reader_may_see(
    iris, nadia, piet, refund, kept, client_of
):
    view = kept(by=iris, audience="everyone")

    seen = []
    for who in (nadia, piet):
        browser = client_of(who)
        page = browser.get(f"/inbox/{view.key}").content.decode()
        seen.append((len(rows_of(page)), count_in(counted(browser, view), view)))

    assert seen == [(1, 1), (0, 0)]


def test_a_view_that_reaches_into_done_tickets_is_counted_apart(nadia, refund, kept, client_of):
    view = kept(text="tag:refund")
    refund.close(by=nadia, reason="solved", at=NINE)
    browser = client_of(nadia)

    page = browser.get(f"/inbox/{view.key}").content.decode()
    number = browser.get(f"/inbox/{view.key}/sum", headers=BY_SCRIPT).content.decode()

    assert (count_in(page, view), number.strip()) == (None, "1")


def test_columns_and_order_are_ones_own_over_a_shared_base(iris, nadia, refund, kept, client_of):
    view = kept(by=iris, audience="everyone", columns=["team"])
    address = f"/inbox/views/{view.key}/arrangement"

    client_of(nadia).post(address, {"columns": ["tags", "number"], "sort": "-created"})
    hers, irises = (client_of(who).get(f"/inbox/{view.key}").content.decode() for who in (nadia, iris))
    client_of(nadia).post(address, {"reset": "yes"})
    again = client_of(nadia).get(f"/inbox/{view.key}").content.decode()

    def facets(page):
        return re.findall(r'row__facets">(.*?)</li>', page, re.S)[0]

    assert "refund" in facets(hers)
    assert "Parcels" in facets(irises)
    assert facets(again) == facets(irises)


def test_rows_stand_in_groups(nadia, omar, write, kept, client_of):
    first, second = (write(subject=name, external_id=f"{name}@x").ticket for name in ("one", "two"))
    second.assign(omar, by=nadia, at=NINE)
    view = kept(text="status:live", grouping="owner")

    page = client_of(nadia).get(f"/inbox/{view.key}").content.decode()

    assert re.findall(r"<h3>(.*?)</h3>", page) == ["Omar Benali", "Nobody"]
    assert rows_of(page) == [str(second.number), str(first.number)]


def test_pinned_views_come_first_and_the_rest_in_ones_own_order(nadia, kept, client_of):
    a, _b, c = (kept(name=name) for name in "abc")
    browser = client_of(nadia)

    def order():
        page = browser.get("/inbox/views").content.decode()
        return re.findall(r'<a class="item__title"[^>]*>(.)</a>', page)

    before = order()
    browser.post(f"/inbox/views/{c.key}/arrangement", {"pinned": "yes"})
    pinned = order()
    browser.post(f"/inbox/views/{a.key}/arrangement", {"after": "yes"})

    assert (before, pinned, order()) == (["a", "b", "c"], ["c", "a", "b"], ["c", "b", "a"])


def test_a_deleted_view_comes_back(nadia, kept, client_of):
    view = kept()
    browser = client_of(nadia)

    answer = browser.post(f"/inbox/views/{view.key}", {"_method": "delete"})
    page = browser.get(answer["Location"]).content.decode()
    gone = browser.get(f"/inbox/{view.key}").status_code
    browser.post(f"/inbox/views/{view.key}/restoration")

    assert "is deleted." in page
    assert (gone, browser.get(f"/inbox/{view.key}").status_code) == (404, 200)


def test_a_view_whose_owner_left_belongs_to_who_changes_it_next(nadia, omar, lena, kept, house, client_of):
    view = kept(audience="team", team=house.parcels)
    wish = {**WISH, "name": "Refunds of parcels", "audience": f"team:{house.parcels.pk}"}
    address = f"/inbox/views/{view.key}"

    refused = client_of(lena).post(address, wish).status_code
    nadia.user.is_active = False
    nadia.user.save()
    taken = client_of(lena).post(address, wish).status_code

    view.refresh_from_db()
    assert (refused, taken) == (403, 303)
    assert (view.name, view.owner) == ("Refunds of parcels", lena)


def test_a_copy_is_ones_own(iris, nadia, kept, client_of):
    view = kept(by=iris, audience="everyone", columns=["tags"])

    client_of(nadia).post(f"/inbox/views/{view.key}/copy")

    copy = View.objects.exclude(pk=view.pk).get()
    assert (copy.owner, copy.audience, copy.text, copy.columns) == (nadia, "person", view.text, ["tags"])


def test_a_view_that_cannot_be_understood_any_more_finds_nothing_and_can_be_mended(nadia, kept, client_of):
    view = kept(text="field.gone:x")
    browser = client_of(nadia)

    assert rows_of(browser.get(f"/inbox/{view.key}").content.decode()) == []
    assert browser.get(f"/inbox/views/{view.key}").status_code == 200


def test_R_068_twelve_saved_views_cost_as_many_queries_as_one(nadia, refund, kept, client_of):
    browser = client_of(nadia)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/inbox/open")
        return len(queries)

    kept()
    one = cost()
    for n in range(11):
        kept(name=f"View {n}", text=f"status:live -tag:x{n} waiting>{n}h", columns=["tags"])

    assert cost() == one <= 10


def test_ways_to_go_on_are_proposed(nadia, client_of):
    page = client_of(nadia).get("/inbox/proposals?q=status:o").content.decode()

    assert 'data-text="open" data-start="7" data-end="8"' in page


def test_S_075_no_question_of_any_view_is_a_server_error(nadia, refund, client_of):
    browser = client_of(nadia)
    asked = [
        "'",
        "status:",
        ")(",
        "sort:'",
        "created:9999-99-99..",
        "number>-1",
        "\x00",
        "%",
        "a" * 2000,
        "tag:%00",
    ]
    pages = ["/inbox/open", "/inbox/search", "/inbox/open/news", "/inbox/proposals", "/inbox/views/new"]

    answers = {browser.get(page, {"q": text}).status_code for page in pages for text in asked}

    assert answers == {200}
    assert Ticket.objects.exists()


def test_a_ticket_says_where_it_stands_in_its_view_and_leads_on(nadia, write, client_of):
    made = [write(subject=f"Parcel {n}", external_id=f"{n}@x").ticket.number for n in range(3)]
    Ticket.objects.update(waiting_since=NINE)
    browser = client_of(nadia)

    def place(number, view="open?q=sort:number"):
        key, _mark, query = view.partition("?")
        page = browser.get(f"/inbox/{key}/{number}/place?{query}", headers=BY_SCRIPT).content.decode()
        words = re.findall(r"(\d+) of (\d+)", page)
        return words, re.findall(r'href="/inbox/open/(\d+)', page)

    assert place(made[0]) == ([("1", "3")], [str(made[1])])
    assert place(made[1]) == ([("2", "3")], [str(made[0]), str(made[2])])
    assert place(made[1], "mine") == ([], [])


def test_S_021_no_place_is_told_of_a_ticket_that_may_not_be_seen(piet, lost_parcel, client_of):
    page = client_of(piet).get(f"/inbox/open/{lost_parcel.number}/place", headers=BY_SCRIPT)

    assert page.content.decode().strip().count("<a ") == 0


def test_chosen_rows_and_whole_views_become_one_order_of_work(nadia, omar, write, kept, client_of):
    made = [write(subject=f"Parcel {n}", external_id=f"{n}@x").ticket.number for n in range(3)]
    view = kept(text="status:new OR tag:x")
    browser = client_of(nadia)
    page = browser.get(f"/inbox/{view.key}?q=subject:parcel").content.decode()
    (question,) = re.findall(r'name="question" value="([^"]*)"', page)

    browser.post("/tickets/bulk", {"question": question, "number": made[:2]})
    browser.post("/tickets/bulk", {"question": question, "all": "on", "except": str(made[0])})

    assert question == "(status:new OR tag:x) subject:parcel"
    orders = [
        set(order.items.values_list("number", flat=True)) for order in BulkOrder.objects.order_by("made_at")
    ]
    assert orders == [set(made[:2]), set(made[1:])]
