"""S-029: what is not published, or not for them, reaches nobody outside, by no page and by no search."""

import pytest
from django.db import connection
from django.test import Client

from handrail.knowledge import queries
from handrail.knowledge.models import Article
from handrail.search.among import holding_all
from handrail.search.models import Document
from tests.articles import CANARY

HIDDEN = ("colleagues_article", "draft_article", "archived_article")
ABSENT = 99_999


@pytest.fixture
def everything(public_article, customers_article, colleagues_article, draft_article, archived_article):
    return [public_article, customers_article, colleagues_article, draft_article, archived_article]


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("who", ["nobody", "vera", "nadia", "ada"])
def test_S_029_what_is_hidden_is_the_same_404_as_what_is_absent(name, who, request, client_of):
    hidden = request.getfixturevalue(name)
    browser = Client() if who == "nobody" else client_of(request.getfixturevalue(who))

    absent = browser.get(f"/help/articles/{ABSENT}")
    for address in (f"/help/articles/{hidden.number}", f"/help/articles/{hidden.number}-{hidden.slug}"):
        page = browser.get(address)

        assert page.status_code == 404
        assert as_text(page) == as_text(absent)
        assert page.headers["Cache-Control"] == "private, no-store"


def as_text(page) -> str:
    """Without what differs from answer to answer."""
    import re

    return re.sub(r'(csrf\w*"? (?:content|value)=)"[^"]*"', r"\1", page.content.decode())


def test_S_029_an_article_for_customers_is_there_for_customers_of_the_brand_alone(
    customers_article, vera, house, client_of
):
    address = f"/help/articles/{customers_article.number}-{customers_article.slug}"

    assert Client().get(address).status_code == 404
    assert "A label costs 4 euros." in client_of(vera).get(address).content.decode()
    vera.user.brands.set([house.office])
    assert client_of(vera).get(address).status_code == 404


def test_S_029_no_list_and_no_search_outside_tells_of_what_is_hidden(everything, vera, client_of):
    titles = {article.title for article in everything}
    for browser, seen in [
        (Client(), {"Where is my parcel?"}),
        (client_of(vera), {"Where is my parcel?", "Prices for customers"}),
    ]:
        listed = browser.get("/help/articles").content.decode()
        found = "".join(
            browser.get(f"/help/articles?q={word}").content.decode()
            for word in ("refunds", "refund", "fax", "half", "checked", "parcel", "label")
        )

        assert {title for title in titles if title in listed} == seen
        assert {title for title in titles if title in found} == seen
        assert "Refund" not in listed + found


def test_S_029_words_that_are_not_published_are_in_no_text_that_visitors_search(everything, nadia):
    from handrail.knowledge.tests.test_articles import client_sheet

    public = everything[0]
    sheet = client_sheet(public, html="<p>Zeppelin timetable</p>", title="Zeppelins")
    public.write(sheet, by=nadia, seen=public.version, at=public.updated_at)
    every = Article.objects.all()

    assert holding_all("zeppelin", kind="article", among=every, limit=9) == [public.pk]
    assert holding_all("zeppelin", kind="help", among=every, limit=9) == []
    helped = set(Document.objects.filter(kind="help").values_list("key", flat=True))
    assert helped == {article.pk for article in everything if article.state == "published"}
    assert "Zeppelin" not in Client().get(f"/help/articles/{public.number}-{public.slug}").content.decode()


def test_S_029_colleagues_of_another_brand_and_readers_see_no_more_than_theirs(
    everything, piet, lena, client_of
):
    readers, others = client_of(lena), client_of(piet)

    assert {article.title for article in queries.found_at_the_desk(piet, "parcel", limit=9)} == set()
    assert "Half a thought" not in readers.get("/articles").content.decode()
    assert "Half a thought" not in readers.get("/articles?which=drafts").content.decode()
    assert CANARY in readers.get(f"/articles/{everything[2].number}").content.decode()
    assert others.get(f"/articles/{everything[2].number}").status_code == 404


def test_an_address_with_another_name_leads_to_the_one_of_today(public_article):
    page = Client().get(f"/help/articles/{public_article.number}-old-title")

    assert (page.status_code, page.headers["Location"]) == (
        302,
        f"/help/articles/{public_article.number}-where-is-my-parcel",
    )


def test_the_lists_cost_the_same_queries_for_one_article_and_for_three(
    write_article, nadia, client_of, django_assert_num_queries
):
    browser, costs = client_of(nadia), []
    for _round in range(2):
        write_article()
        for address in ("/articles", "/articles?q=parcel", "/help/articles", "/help/articles?q=parcel"):
            browser.get(address)
            connection.force_debug_cursor = True
            before = len(connection.queries)
            browser.get(address)
            costs.append((address, len(connection.queries) - before))
            connection.force_debug_cursor = False
        write_article()

    assert costs[:4] == costs[4:]
