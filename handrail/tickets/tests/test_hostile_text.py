"""Large and hostile text: pages stay small and quick, errors repeat nothing, answers have safe headers."""

from time import process_time

import pytest

from handrail.kit import html as markup
from handrail.kit.html.tests.payloads import ALL
from handrail.tickets.folding import folded
from handrail.tickets.models import Message
from handrail.tickets.models.message import snippet_of
from handrail.ui.reading import as_html
from tests.cast import NINE

MB = 1024 * 1024
MANY = 5_000
HOSTILE = {
    "open tags": "<" * MB,
    "open links": "http://" * (MB // 7),
    "brackets": "http://" + "(" * MB,
    "closing brackets": "http://a.example/" + ")" * MB,
    "entities": "&#x" * (MB // 3),
    "blanks": " " * MB,
    "one word": "a" * MB,
    "mails": "a@" * (MB // 2),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_S_088_every_reading_of_a_hostile_text_of_1_MB_is_quick(what):
    text = HOSTILE[what]
    read = {"as html": lambda: as_html(text), "snippet": lambda: snippet_of(text)}

    for how, reading in read.items():
        started = process_time()
        reading()
        assert process_time() - started <= 0.2, how


def test_S_088_folding_a_hostile_mail_is_quick():
    html = markup.clean("<div>" * 70 + "<p>a</p>" * 40_000).html

    started = process_time()
    folded(html, reply="a" * 39_999)
    folded(html, reply="b")
    folded('<div data-quote="1">' * 200 + html[:100_000], reply="a")

    assert process_time() - started <= 0.6


@pytest.fixture
def long_ticket(lost_parcel, house, vera, nadia):
    """Vera's ticket with so many messages, of 2 kB each."""
    words = "parcel " * 300
    Message.objects.bulk_create(
        Message(
            ticket_id=lost_parcel.pk,
            kind=Message.Kind.CUSTOMER,
            person=vera,
            standing=Message.Standing.ON_TICKET,
            channel="email",
            sender="vera@nordlys.example",
            text=words,
            reply_text=words,
            html=f"<p>{words}</p>" if number % 2 else "",
            at=NINE,
        )
        for number in range(MANY)
    )
    return lost_parcel


def test_S_087_a_ticket_of_5000_messages_is_a_small_page_at_once(long_ticket, nadia, client_of):
    browser, address = client_of(nadia), f"/tickets/{long_ticket.number}"
    browser.get(address)

    started = process_time()
    answer = browser.get(address)

    assert process_time() - started < 1
    assert len(answer.content) < 2 * MB
    assert "4971 earlier messages" in answer.content.decode()


def test_S_087_its_paper_says_what_is_left_out(long_ticket, nadia, client_of):
    page = client_of(nadia).get(f"/tickets/{long_ticket.number}/print").content.decode()

    assert page.count("<article") == 300
    assert "4701 earlier messages are left out." in page


@pytest.mark.parametrize("payload", ALL[::20])
def test_S_014_no_error_page_repeats_what_was_asked(nadia, client_of, lost_parcel, payload):
    browser, canary = client_of(nadia), f"canary{payload}"

    answers = [
        browser.get(f"/tickets/{lost_parcel.number}/{canary}"),
        browser.get(f"/mail-images/{canary}"),
        browser.get(f"/nowhere/{canary}?{canary}"),
        browser.get(f"/tickets/{lost_parcel.number}/attachments/{canary}"),
    ]

    assert {answer.status_code for answer in answers} <= {400, 404}
    assert [answer for answer in answers if "canary" in answer.content.decode()] == []


def test_S_108_what_holds_foreign_content_has_headers_of_its_own(nadia, write, client_of):
    message = write(html="<p>Hello</p>")
    ticket, browser = f"/tickets/{message.ticket.number}", client_of(nadia)

    foreign = [browser.get(f"{ticket}/messages/{message.pk}/body"), browser.get(f"{ticket}/print")]
    ours = browser.get(f"{ticket}/messages/{message.pk}")

    for answer in foreign:
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "sandbox" in policy
        assert "script" not in policy
        assert "unsafe" not in policy
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'none'" in ours["Content-Security-Policy"]
