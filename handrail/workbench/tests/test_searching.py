"""The command bar and the search page: what was searched before, and what was meant."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.search import vocabulary


def test_the_command_bar_offers_what_was_searched_last(nadia, omar, client_of, lost_parcel):
    browser = client_of(nadia)
    for words in ("parcel", "invoice", "parcel"):
        browser.get(f"/inbox/search?q={words}")

    told = browser.get("/inbox/jump?q=").content.decode()

    assert told.index("q=parcel") < told.index("q=invoice")
    assert told.count("q=parcel") == 1
    assert "q=parcel" not in client_of(omar).get("/inbox/jump?q=").content.decode()


def test_who_mistypes_a_word_is_led_to_the_right_one(nadia, client_of, write):
    for _each in range(2):
        write(text="The umbrella broke")
    vocabulary.count_all()

    for page in ("/inbox/jump?q=umbrela+broke", "/inbox/search?q=umbrela+broke"):
        assert "?q=umbrella%20broke" in client_of(nadia).get(page).content.decode()


def test_who_finds_enough_is_not_told_of_other_words(nadia, client_of, lost_parcel):
    assert "Did you mean" not in client_of(nadia).get("/inbox/search?q=zzzz").content.decode()


def test_R_068_a_search_costs_the_same_queries_for_ten_hits_and_for_sixty(nadia, client_of, write):
    browser, costs = client_of(nadia), []
    for count in (10, 50):
        for _each in range(count):
            write(subject="Umbrella", text="The umbrella broke")
        browser.get("/inbox/search?q=umbrella")
        with CaptureQueriesContext(connection) as queries:
            assert "Umbrella" in browser.get("/inbox/search?q=umbrella").content.decode()
        costs.append(len(queries))

    assert costs[0] == costs[1]
