"""Searching tickets: what is found, what was meant, and that nothing tells of foreign tickets."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.search import vocabulary
from handrail.tickets.inbound import InboundFile
from handrail.tickets.queries.finding import found_ids, meant
from handrail.tickets.tests.test_files import attached


def find(words, agent):
    return found_ids(words, agent=agent, limit=10)


def asked(work):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return len(queries)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("customs-form.pdf", b"%PDF-1.4 nothing to read", "customs form"),
        ("notes.txt", "Zollerklärung für Kiste 9".encode(), "zollerklarung kiste"),
        (
            "page.html",
            b"<html><body><b>Delivery</b> slot <script>x()</script></body></html>",
            "delivery slot",
        ),
        ("list.csv", b"number;street\n77;Lindenallee", "lindenallee"),
    ],
)
def test_files_are_found_by_their_names_and_texts(nadia, write, name, content, words):
    ticket, _files = attached(write, **{name: content})

    assert find(words, nadia) == [ticket.pk]


def test_a_picture_within_a_mail_is_not_searched(nadia, write):
    file = InboundFile(name="logo.png", type="image/png", content=b"0", inline=True, content_id="1")
    write(files=(file,))

    assert find("logo", nadia) == []


def test_a_slip_leads_to_what_was_meant(nadia, write):
    for _each in range(2):
        ticket = write(text="The umbrella broke").ticket
    vocabulary.count_all()

    assert find("umbrela ", nadia) == []
    assert meant("umbrela broke", agent=nadia, limit=10)[0] == "umbrella broke"
    assert ticket.pk in meant("umbrela broke", agent=nadia, limit=10)[1]


def test_S_021_the_search_knows_nothing_of_foreign_tickets(nadia, piet, lost_parcel):
    assert find("parcel", nadia) == [lost_parcel.pk]

    assert find("parcel", piet) == []
    assert find(str(lost_parcel.number), piet) == []


def test_S_021_no_word_of_a_foreign_ticket_is_suggested(nadia, piet, write):
    for _each in range(2):
        write(text="The umbrella broke")
    vocabulary.count_all()

    assert meant("umbrela", agent=nadia, limit=10)[0] == "umbrella"
    assert meant("umbrela", agent=piet, limit=10) == ("", [])


def test_S_021_a_word_of_foreign_tickets_costs_what_an_unknown_word_costs(piet, write):
    for _each in range(5):
        write(text="The umbrella broke")
    vocabulary.count_all()
    find("warm up", piet)  # what is known of the agent is read once

    known, unknown = asked(lambda: find("umbrella", piet)), asked(lambda: find("xyzzy", piet))

    assert known == unknown


def test_S_021_the_light_agent_finds_only_what_lies_with_her_team(nadia, lena, house, lost_parcel):
    assert find("parcel", lena) == [lost_parcel.pk]

    lost_parcel.move(house.billing, by=nadia, at=lost_parcel.created_at)

    assert find("parcel", lena) == []


@pytest.mark.parametrize("page", ["/inbox/jump?q={}", "/inbox/search?q={}"])
def test_S_021_no_page_tells_a_foreign_ticket(nadia, piet, client_of, lost_parcel, page):
    for words in ("parcel", lost_parcel.number):
        assert lost_parcel.subject in client_of(nadia).get(page.format(words)).content.decode()

        told = client_of(piet).get(page.format(words)).content.decode()

        assert lost_parcel.subject not in told
        assert f"/{lost_parcel.number}" not in told
