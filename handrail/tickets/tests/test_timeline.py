"""The timeline: what was said and what happened, in words, quick however long it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.tickets.models import Message, Ticket
from handrail.tickets.queries.timeline import PAGE
from tests.cast import NINE

BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def show(nadia, lost_parcel, client_of):
    """The ticket's page as Nadia sees it."""
    return lambda: client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()


def after(minutes):
    return NINE + timedelta(minutes=minutes)


def test_facts_are_told_in_words(show, nadia, omar, house, lost_parcel):
    lost_parcel.assign(omar, by=nadia, at=after(1))
    lost_parcel.move(house.billing, by=omar, at=after(2))
    lost_parcel.prioritise(Ticket.Priority.HIGH, by=omar, at=after(3))
    lost_parcel.tag("refund", by=omar, at=after(4))
    lost_parcel.close(by=omar, reason="solved", at=after(5))
    lost_parcel.reopen(by=nadia, at=after(6))

    page = show()

    told = [
        "<b>Nadia Haddad</b> gave it to <b>Omar Benali</b>",
        (
            "<b>Omar Benali</b> moved it to <b>Billing</b>, set the priority to <b>High</b>, "
            "tagged it <b>refund</b>, closed it: Solved"
        ),
        "<b>Nadia Haddad</b> opened it again",
    ]
    assert [page.count(sentence) for sentence in told] == [1] * 3
    assert sorted(told, key=page.index) == told


def test_a_hostile_reason_or_tag_is_shown_as_it_was_written(show, nadia, lost_parcel):
    lost_parcel.tag("<img src=x onerror=x()>", by=nadia, at=after(1))
    lost_parcel.close(by=nadia, reason="<script>x()</script>", at=after(2))

    page = show()

    assert "&lt;script&gt;x()&lt;/script&gt;" in page
    assert "&lt;img src=x onerror=x()&gt;" in page
    assert "<script>x()" not in page
    assert "<img src=x" not in page


def test_plain_text_is_escaped_and_only_web_addresses_become_links(show, write, lost_parcel):
    words = "<b>Hi</b> see https://a.example/x?a=1&b=2. Not javascript:alert(1) nor www.b.example"
    write(lost_parcel, text=words, reply_text=words)

    page = show()

    link = '<a href="https://a.example/x?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">'
    assert link in page
    assert "&lt;b&gt;Hi&lt;/b&gt; see" in page
    assert 'href="javascript' not in page


def test_quoted_history_is_folded_below_what_is_new(show, write, lost_parcel):
    write(lost_parcel, text="New words\n\n> Old words", reply_text="New words")

    page = show()

    new, fold = page.index("New words</div>"), page.index("&gt; Old words")
    assert new < page.index('<details class="fold"', new) < fold


def test_a_third_party_is_marked_and_a_participant_is_not(show, write, lost_parcel):
    assert "Not on this ticket" not in show()

    message = write(lost_parcel, address="stranger@else.example", name="Stranger")
    Message.objects.filter(pk=message.pk).update(standing=Message.Standing.THIRD_PARTY)

    assert show().count("Not on this ticket") == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "Waiting to be sent"),
        ("sent", "Sent"),
        ("failed", "Not sent: no such user"),
        ("bounced", "Came back: no such user"),
        ("uncertain", "Perhaps sent; nobody knows: no such user"),
    ],
)
def test_the_way_of_an_answer_is_said(show, nadia, lost_parcel, state, words):
    lost_parcel.reply(text="It is in the van.", by=nadia, at=after(1))
    Message.objects.filter(kind="reply").update(delivery=state, delivery_detail="no such user")

    assert f"</svg>{words}</p>" in show()


def test_a_long_ticket_shows_its_newest_messages_and_the_rest_on_demand(
    show, nadia, write, lost_parcel, client_of
):
    for n in range(PAGE + 4):
        write(lost_parcel, text=f"word-{n}", reply_text=f"word-{n}", external_id=f"{n}@x")

    page = show()

    assert page.count('<article class="message"') == PAGE
    assert "5 earlier messages" in page
    first = Message.objects.order_by("id")[5]
    address = f"/tickets/{lost_parcel.number}/timeline?before={first.pk}"
    earlier = client_of(nadia).get(address, headers=BY_SCRIPT).content.decode()
    assert earlier.count('<article class="message"') == 5
    assert earlier.index("out for delivery") < earlier.index("word-0") < earlier.index("word-3")


def test_what_somebody_reads_stays_while_new_messages_come(nadia, write, lost_parcel, client_of):
    for n in range(PAGE):
        write(lost_parcel, text=f"word-{n}", reply_text=f"word-{n}", external_id=f"{n}@x")
    first = Message.objects.order_by("id")[1]

    address = f"/tickets/{lost_parcel.number}/panels?from={first.pk}"
    write(lost_parcel, text="newest", reply_text="newest", external_id="newest@x")
    panels = client_of(nadia).get(address, headers=BY_SCRIPT).content.decode()

    assert panels.count('<article class="message"') == PAGE + 1
    assert "word-0" in panels


def test_a_ticket_costs_the_same_queries_for_one_message_and_for_three(
    nadia, omar, write, lost_parcel, client_of
):
    browser = client_of(nadia)
    lost_parcel.assign(omar, by=nadia, at=after(1))

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(f"/tickets/{lost_parcel.number}", headers=BY_SCRIPT).status_code == 200
        return len(queries)

    one = cost()
    for n in range(2):
        message = write(lost_parcel, text=f"More {n}", external_id=f"{n}@x")
        message.ticket.reply(text="Yes", by=omar, at=after(5 + n))
        message.ticket.tag(f"tag {n}", by=omar, at=after(6 + n))

    assert (one, cost()) == (10, 10)


def test_piets_ticket_number_guess_finds_nothing(piet, lost_parcel, client_of):
    browser = client_of(piet)

    for part in ("", "/panels", "/timeline"):
        assert browser.get(f"/tickets/{lost_parcel.number}{part}", headers=BY_SCRIPT).status_code == 404
